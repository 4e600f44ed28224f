using FundingFlows.Simulation;

namespace FundingFlows.Audit.Tests;

/// <summary>That a run of the simulator can be had again, and that wrong options are told. What it finds, its own runs say.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Seed_RunTwice_IsTheSameRun()
    {
        // A thread of its own: everything in a simulation keeps to the one that it began on.
        List<string> digests = [];
        var thread = new Thread(() => digests.AddRange(DigestsOf(2, 2, 3)));
        thread.Start();
        thread.Join();

        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(digests[1], digests[2]);
    }

    [Theory]
    [InlineData("--seeds", "0", "--seeds must be at least 1.")]
    [InlineData("--first", "0", "--first must be at least 1.")]
    public void Options_Wrong_AreToldInOneSentence(string option, string value, string told)
    {
        using var errors = new StringWriter();

        Assert.Equal(2, SimulationCommand.Run([option, value], TimeProvider.System, TextWriter.Null, errors));

        Assert.Equal(told, errors.ToString().TrimEnd());
    }

    [Fact]
    public void Option_Unknown_IsTold()
    {
        using var errors = new StringWriter();

        Assert.Equal(2, SimulationCommand.Run(["--seed", "1"], TimeProvider.System, TextWriter.Null, errors));

        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
    }

    private static IEnumerable<string> DigestsOf(params int[] seeds)
    {
        using var workshop = new Workshop();
        var founded = Founding.Of(workshop);
        return [.. seeds.Select(seed => Run.Of(workshop, founded, seed, new Bug()).Digest)];
    }
}
