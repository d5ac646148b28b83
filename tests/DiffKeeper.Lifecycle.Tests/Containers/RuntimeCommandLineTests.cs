using DiffKeeper.Lifecycle.Containers;

namespace DiffKeeper.Lifecycle.Tests.Containers;

internal sealed class RuntimeCommandLineTests
{
    // What runc 1.1.5 and crun 1.8.1 did with these lines was tried.
    [TestCase("runc create x", "Create", "x", "")]
    [TestCase("runc create --bundle /b x", "Create", "x", "/b")]
    [TestCase("runc create --bundle=/b x", "Create", "x", "/b")]
    [TestCase("runc create -bundle /b x", "Create", "x", "/b")]
    [TestCase("runc create -b=/b x", "Create", "x", "/b")]
    [TestCase("runc create x --bundle /b", "Create", "x", "/b")]
    [TestCase("runc run -d=false -b /b x", "Run", "x", "/b")]
    [TestCase("runc run -b /b -- x", "Run", "x", "/b")]
    [TestCase("crun run -b/b x", "Run", "x", "/b")]
    [TestCase("crun run -db /b x", "Run", "x", "/b")]
    [TestCase("crun run -f other.json -b /b x", "Run", "x", "/b")]
    [TestCase("runc -root /r --debug create x", "Create", "x", "")]
    [TestCase("runc --systemd-cgroup create x", "Create", "x", "")]
    [TestCase("runc --systemd-cgroup=false --rootless auto create x", "Create", "x", "")]
    [TestCase("/usr/bin/crun --cgroup-manager disabled start x", "Start", "x", "")]
    [TestCase("runc kill x 15", "Kill", "x", "")]
    [TestCase("runc kill --all x KILL", "Kill", "x", "")]
    [TestCase("runc kill -a x -9", "Kill", "x", "")]
    [TestCase("runc delete --force x", "Delete", "x", "")]
    [TestCase("runc delete -f x", "Delete", "x", "")]
    [TestCase("runc exec x run --bundle /no y", "Exec", "x", "")]
    [TestCase("runc exec -t -u 0:0 -e A=create -c CAP_CHOWN -g 5 --cwd / x sh -c true", "Exec", "x", "")]
    [TestCase("runc exec -tu 0 x sh", "Exec", "x", "")]
    [TestCase("runc restore --image-path /i --work-path /w -d --bundle /b x", "Restore", "x", "/b")]
    [TestCase("runc checkpoint --leave-running --image-path /i x", "Checkpoint", "x", "")]
    public void The_id_is_the_first_positional_argument_behind_the_verb(string words, string verb, string id, string bundle)
    {
        var line = RuntimeCommandLine.Parse(Fixture.ArgvFromWords(words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Verb.ToString(), Is.EqualTo(verb));
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo(id));
            Assert.That(Fixture.Text(line.Bundle), Is.EqualTo(bundle));
            Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.None));
        }
    }

    [TestCase("runc run ../x", nameof(CommandLineRejection.InvalidId))]
    [TestCase("runc run -- -x", nameof(CommandLineRejection.InvalidId))]
    [TestCase("runc run a;b x", nameof(CommandLineRejection.InvalidId))]
    [TestCase("runc run", nameof(CommandLineRejection.MissingId))]
    [TestCase("runc create --bundle /b", nameof(CommandLineRejection.MissingId))]
    [TestCase("runc create --bundle x", nameof(CommandLineRejection.MissingId))]
    [TestCase("runc kill --pace slow x 15", nameof(CommandLineRejection.UnknownOption))]
    public void A_command_line_without_a_sound_id_says_why(string words, string rejection)
    {
        var line = RuntimeCommandLine.Parse(Fixture.ArgvFromWords(words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.ContainerId.IsEmpty, Is.True);
            Assert.That(line.Rejection.ToString(), Is.EqualTo(rejection));
        }
    }

    [TestCase("runsc --platform systrap --network=sandbox create --bundle /b x", "x")]
    [TestCase("runsc --platform --debug create x", "x")]
    [TestCase("runsc --platform create x", "x")]
    [TestCase("runc create --colour blue x", "x")]
    [TestCase("runc create --colour x", "x")]
    [TestCase("runc create --colour=blue x", "x")]
    [TestCase("runc create --paint /dev/null x", "x")]
    [TestCase("runc create --colour --bundle /b x", "x")]
    [TestCase("runc create x --colour blue", "x")]
    [TestCase("runc exec --paint /dev/null x sh", "x")]
    [TestCase("runc kill --paint=slow x 15", "x")]
    public void An_option_that_is_not_in_the_table_does_not_hide_the_id(string words, string id) =>
        Assert.That(Fixture.Text(RuntimeCommandLine.Parse(Fixture.ArgvFromWords(words)).ContainerId), Is.EqualTo(id));

    [Test]
    public void An_unknown_option_before_the_cut_leaves_open_what_is_its_value()
    {
        var line = RuntimeCommandLine.Parse("runc\0create\0--colour\0blue\0x"u8, truncated: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.ContainerId.IsEmpty, Is.True);
            Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.Truncated));
        }
    }

    [Test]
    public void A_terminator_added_behind_the_cut_does_not_make_an_id_of_half_an_id()
    {
        var line = RuntimeCommandLine.Parse("runc\0create\0abc\0"u8, truncated: true);

        Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.Truncated));
    }

    [Test]
    public void An_argv_cut_behind_the_id_says_that_the_bundle_may_be_missing()
    {
        var line = RuntimeCommandLine.Parse("runc\0create\0x\0--bun"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo("x"));
            Assert.That(line.Bundle.IsEmpty, Is.True);
            Assert.That(line.IsTruncated, Is.True);
        }
    }

    [TestCase("runc init", "Init")]
    [TestCase("/usr/bin/runc init", "Init")]
    [TestCase("runc features", "Features")]
    [TestCase("runc --version", "Other")]
    [TestCase("runc --help create x", "Other")]
    [TestCase("runc run --help x", "Other")]
    [TestCase("runc update --memory 5 x", "Other")]
    [TestCase("runc", "Unknown")]
    [TestCase("runc --root /r", "Unknown")]
    public void A_command_line_that_begins_or_ends_no_container_has_no_id(string words, string verb)
    {
        var line = RuntimeCommandLine.Parse(Fixture.ArgvFromWords(words));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Verb.ToString(), Is.EqualTo(verb));
            Assert.That(line.ContainerId.IsEmpty, Is.True);
            Assert.That(line.Rejection, Is.EqualTo(CommandLineRejection.None));
        }
    }

    [Test]
    public void An_empty_argument_is_an_argument()
    {
        var line = RuntimeCommandLine.Parse("runc\0--log\0\0--root\0/r\0create\0x\0"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fixture.Text(line.Root), Is.EqualTo("/r"));
            Assert.That(Fixture.Text(line.ContainerId), Is.EqualTo("x"));
        }
    }

    [Test]
    public void An_empty_argv_is_nothing() => Assert.That(RuntimeCommandLine.Parse(default).Verb, Is.EqualTo(RuntimeVerb.Unknown));

    [Test]
    public void Bytes_that_are_no_argv_do_not_throw()
    {
        var random = new Random(20261122);
        byte[] alphabet = "\0\0- -=xb/\u00ff"u8.ToArray();
        byte[] noise = new byte[256];
        for (int round = 0; round < 20_000; round++)
        {
            "runc\0create\0"u8.CopyTo(noise);
            for (int i = 12; i < noise.Length; i++)
                noise[i] = alphabet[random.Next(alphabet.Length)];

            ReadOnlySpan<byte> argv = noise.AsSpan(0, random.Next(noise.Length));
            ReadOnlySpan<byte> id = RuntimeCommandLine.Parse(argv, truncated: round % 2 == 0).ContainerId;
            Assert.That(id.IsEmpty || ContainerId.IsValid(id), Is.True);
            _ = ConmonCommandLine.Parse(argv).ContainerId;
            _ = ShimCommandLine.Parse(argv).ContainerId;
        }
    }
}
