using DiffKeeper.Lifecycle.KernelTests.Engines;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace DiffKeeper.Lifecycle.KernelTests;

/// <summary>
/// Ignores a test, with the reason, where the machine cannot run it; with <c>DIFFKEEPER_TEST_REQUIRE_KERNEL=1</c> in the
/// environment the test fails instead, so that a run which is meant to prove something cannot pass by leaving it out.
/// </summary>
/// <param name="programs">The programs that have to be installed.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireKernelAttribute(params string[] programs) : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (test.RunState is not RunState.NotRunnable && WhatIsMissing() is { } reason)
        {
            bool required = Environment.GetEnvironmentVariable("DIFFKEEPER_TEST_REQUIRE_KERNEL") == "1";
            test.RunState = required ? RunState.NotRunnable : RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, reason);
        }
    }

    private string? WhatIsMissing()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/sys/kernel/btf/vmlinux"))
            return "Needs a Linux kernel with BTF (/sys/kernel/btf/vmlinux).";

        if (!Environment.IsPrivilegedProcess)
            return "Needs root.";

        return Array.Find(programs, program => Programs.Find(program) is null) is { } missing
            ? $"Needs '{missing}', which is not installed."
            : null;
    }
}
