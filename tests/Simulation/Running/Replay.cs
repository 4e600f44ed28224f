namespace FundingFlows.Simulation;

/// <summary>Runs one seed again, and prints what happens.</summary>
internal static class Replay
{
    public static void Show(int seed, Func<Bug> bug, TextWriter screen)
    {
        using var workshop = new Workshop();
        var result = Run.Of(workshop, Founding.Of(workshop), seed, bug(), keepsHistory: true);
        foreach (var line in result.History)
            screen.WriteLine(line);
        foreach (var breach in result.Breaches)
            screen.WriteLine($"Seed {seed}: {breach}");
        screen.WriteLine($"In it: {string.Join(", ", Enum.GetValues<Strike>().Where(strike => result.Struck[strike] > 0).Select(strike => $"{Struck.NameOf(strike)} {result.Struck[strike]}"))}.");
        screen.WriteLine($"History {result.Digest}. Again: dotnet run -c Release --project tests/Simulation -- --seeds 1 --first {seed} --history");
    }
}
