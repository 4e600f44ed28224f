using System.Text.Json.Nodes;
using FundingFlows.Simulation;

namespace FundingFlows.Audit.Tests;

/// <summary>What the simulator's command says of a run, and what it ends with.</summary>
public sealed class SimulationCommandTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Run_WithABug_EndsWithOneAndAHistoryThatIsTheSameAgain()
    {
        var (code, screen) = Simulate(() => new LosesAPenny());
        var again = Simulate(() => new LosesAPenny());

        Assert.Equal((1, 1), (code, (int)Figures["violations"]!));
        Assert.Contains(screen, line => line.StartsWith("Seed 1: TransfersMatch: ", StringComparison.Ordinal));
        Assert.Contains(screen, line => line.EndsWith("--seeds 1 --first 1 --history", StringComparison.Ordinal));
        // Each moment of it in the order of time, down to what was recorded and what is wrong with that.
        var moments = screen.Where(IsMoment).ToList();
        Assert.Equal(moments.Select(TimeOf).Order(), moments.Select(TimeOf));
        Assert.Contains(moments, moment => moment.Contains("  CA1 records ", StringComparison.Ordinal));
        Assert.Contains(moments, moment => moment.Contains(" is asked to ", StringComparison.Ordinal));
        Assert.Contains(moments, moment => moment.Contains("  BREACH of TransfersMatch: ", StringComparison.Ordinal));
        Assert.Equal(Replayed(screen), Replayed(again.Screen));
    }

    [Fact]
    public void Run_WithNothingWrong_EndsWithZeroAndTellsItsFigures()
    {
        var (code, screen) = Simulate(() => new Bug());

        Assert.Equal(0, code);
        Assert.DoesNotContain(screen, IsMoment);
        Assert.Equal(["seeds", "violations", "messages", "simulated_hours", "seconds", "struck"], Figures.AsObject().Select(figure => figure.Key));
        Assert.Equal((1, 0), ((int)Figures["seeds"]!, (int)Figures["violations"]!));
        Assert.True((long)Figures["messages"]! > 0 && (double)Figures["simulated_hours"]! > 0 && (double)Figures["seconds"]! > 0);
        Assert.Equal(Enum.GetValues<Strike>().Select(Struck.NameOf), Figures["struck"]!.AsObject().Select(strike => strike.Key));
        Assert.True((long)Figures["struck"]!["commands_accepted"]!["times"]! > 0);
        Assert.All(Enum.GetValues<Strike>(), strike => Assert.Contains(screen, line => line.StartsWith($"{Struck.NameOf(strike)} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fault_ThatNeverStruckOverManySeeds_IsNamed()
    {
        var all = new Struck();
        foreach (var strike in Enum.GetValues<Strike>())
            all.Count(strike);
        var without = new Struck();
        without.Count(Strike.CommandsAccepted);

        Assert.Equal(Enum.GetValues<Strike>().Except([Strike.CommandsAccepted]), MissingIn(100, without));
        Assert.Empty(MissingIn(99, without));
        Assert.Empty(MissingIn(99, without, all));
    }

    [Fact]
    public void EachBug_HasChecksThatBelongToIt() => Assert.All(Bites.All, bug => Assert.NotEmpty(bug.Make().FoundBy));

    private JsonNode Figures => JsonNode.Parse(File.ReadAllText(file))!;

    private static IReadOnlyList<Strike> MissingIn(int seeds, Struck often, params Struck[] others) =>
        new Total([], 0, TimeSpan.Zero, [.. Enumerable.Repeat(often, seeds), .. others]).Missing;

    private (int Code, IReadOnlyList<string> Screen) Simulate(Func<Bug> bug)
    {
        using var screen = new StringWriter();
        var code = SimulationCommand.Run(["--seeds", "1", "--first", "1", "--json", file], TimeProvider.System, screen, TextWriter.Null, bug);
        return (code, screen.ToString().TrimEnd().Split('\n'));
    }

    /// <summary>Up to how to have it again: what comes behind that tells how long it took.</summary>
    private static IEnumerable<string> Replayed(IReadOnlyList<string> screen) => screen.TakeWhile(line => !line.StartsWith("messages_lost ", StringComparison.Ordinal));

    private static bool IsMoment(string line) => line.Length > 12 && char.IsDigit(line[9]) && line[10..12] == "  ";

    private static double TimeOf(string moment) => double.Parse(moment[..10], System.Globalization.CultureInfo.InvariantCulture);
}
