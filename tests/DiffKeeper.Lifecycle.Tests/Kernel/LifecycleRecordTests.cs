using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using DiffKeeper.Lifecycle.Kernel;

namespace DiffKeeper.Lifecycle.Tests.Kernel;

public sealed class LifecycleRecordTests
{
    [Test]
    public void The_header_has_the_layout_of_the_C_struct()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Unsafe.SizeOf<RecordHeader>(), Is.EqualTo(112));
            Assert.That(OffsetOf(nameof(RecordHeader.Pid)), Is.EqualTo(4));
            Assert.That(OffsetOf(nameof(RecordHeader.Time)), Is.EqualTo(8));
            Assert.That(OffsetOf(nameof(RecordHeader.CgroupId)), Is.EqualTo(32));
            Assert.That(OffsetOf(nameof(RecordHeader.ParentPid)), Is.EqualTo(40));
            Assert.That(OffsetOf(nameof(RecordHeader.ExitStatus)), Is.EqualTo(56));
            Assert.That(OffsetOf(nameof(RecordHeader.RootInode)), Is.EqualTo(64));
            Assert.That(OffsetOf("Name"), Is.EqualTo(80));
            Assert.That(OffsetOf("ParentName"), Is.EqualTo(96));
        }

        static int OffsetOf(string field) => (int)Marshal.OffsetOf<RecordHeader>(field);
    }

    [Test]
    public void A_record_is_viewed_with_its_argv_and_without_what_pads_it()
    {
        var header = new RecordHeader { Kind = RecordKind.RuntimeExec, Pid = 42, Name = RecordBuilder.Comm("runc") };

        bool decoded = LifecycleRecord.TryDecode(RecordBuilder.Build(header, "runc", "create", "c1"), out LifecycleRecord record);

        Assert.That(decoded, Is.True);
        Assert.That(record.Header.Pid, Is.EqualTo(42));
        Assert.That(Encoding.UTF8.GetString(record.Header.Name.Text), Is.EqualTo("runc"));
        Assert.That(Encoding.UTF8.GetString(record.Argv), Is.EqualTo("runc\0create\0c1\0"));
    }

    [Test]
    public void An_entrypoint_s_record_is_viewed_with_the_names_of_its_cgroups()
    {
        LifecycleRecord.TryDecode(RecordBuilder.Build(new RecordHeader { Kind = RecordKind.Entrypoint }, "c1", "pods"), out LifecycleRecord record);

        Assert.That(Encoding.UTF8.GetString(record.CgroupNames), Is.EqualTo("c1\0pods\0"));
        Assert.That(record.Argv.IsEmpty);
    }

    [Test]
    public void A_name_that_fills_its_field_is_read_whole()
        => Assert.That(Encoding.UTF8.GetString(RecordBuilder.Comm("0123456789abcdef").Text), Is.EqualTo("0123456789abcdef"));

    [TestCase(0)]
    [TestCase(111)]
    public void Bytes_that_hold_no_header_are_refused(int length)
        => Assert.That(LifecycleRecord.TryDecode(new byte[length], out _), Is.False);

    [TestCase(0)]
    [TestCase(7)]
    public void A_kind_that_is_not_known_is_refused(byte kind)
        => Assert.That(LifecycleRecord.TryDecode(RecordBuilder.Build(new RecordHeader { Kind = (RecordKind)kind }), out _), Is.False);

    [Test]
    public void An_argv_that_would_reach_beyond_the_record_is_refused()
    {
        byte[] bytes = RecordBuilder.Build(new RecordHeader { Kind = RecordKind.RuntimeExec }, "runc");

        Assert.That(LifecycleRecord.TryDecode(bytes.AsSpan(0, Unsafe.SizeOf<RecordHeader>() + 4), out _), Is.False);
    }
}
