namespace FundingFlows.Ledger.Tests;

/// <summary>A command, and the body that is asked to carry it out.</summary>
public readonly record struct Attempt<TCommand>(TestBody By, TCommand Command)
    where TCommand : ICommand;

/// <summary>
/// The table of a command's refusals. It starts from an attempt that is accepted; each row breaks one rule of it, and two rows
/// together break two, of which the earlier is the refusal.
/// </summary>
public sealed class RefusalTable<TCommand, TReason>(Func<Stage, Attempt<TCommand>> lawful) : IRefusalTable
    where TCommand : ICommand
    where TReason : struct, Enum
{
    private readonly List<(TReason Reason, string Name, Func<Stage, Attempt<TCommand>, Attempt<TCommand>> Break)> rows = [];
    private readonly List<(string First, string Second)> pairs = [];

    public Type Reasons => typeof(TReason);

    public IReadOnlyList<string> Covered => [.. rows.Select(row => row.Reason.ToString())];

    /// <summary>Names of all rows, alone and in pairs.</summary>
    public TheoryData<string> Names => [.. rows.Select(row => row.Name), .. pairs.Select(pair => $"{pair.First}, and {pair.Second}")];

    /// <summary>A row that alters the command.</summary>
    public RefusalTable<TCommand, TReason> Row(TReason reason, string name, Func<TCommand, TCommand> breaks) =>
        Row(reason, name, (_, attempt) => attempt with { Command = breaks(attempt.Command) });

    /// <summary>A row that alters the command to what the stage holds.</summary>
    public RefusalTable<TCommand, TReason> Row(TReason reason, string name, Func<Stage, TCommand, TCommand> breaks) =>
        Row(reason, name, (stage, attempt) => attempt with { Command = breaks(stage, attempt.Command) });

    /// <summary>A row that alters the stage, the command or who carries it out.</summary>
    public RefusalTable<TCommand, TReason> Row(TReason reason, string name, Func<Stage, Attempt<TCommand>, Attempt<TCommand>> breaks)
    {
        rows.Add((reason, name, breaks));
        return this;
    }

    /// <summary>Two rows that can be broken at once; the one of the earlier reason is named first.</summary>
    public RefusalTable<TCommand, TReason> Both(string first, string second)
    {
        pairs.Add((first, second));
        return this;
    }

    public void MustAcceptTheLawful()
    {
        var attempt = lawful(new Stage());
        var decision = attempt.By.Decide(attempt.Command);
        Assert.True(decision.Facts.Count > 0, decision.Refusal?.Sentence);
    }

    /// <summary>Checks a row: the reason is the earliest, the sentence plain, and the books are as before.</summary>
    public void MustRefuse(string name)
    {
        var broken = rows.Where(row => row.Name == name).ToList();
        if (pairs.FirstOrDefault(pair => $"{pair.First}, and {pair.Second}" == name) is { First: not null } pair)
            broken = [rows.Single(row => row.Name == pair.First), rows.Single(row => row.Name == pair.Second)];
        Assert.NotEmpty(broken);
        Assert.Equal(broken.OrderBy(row => row.Reason), broken);

        var stage = new Stage();
        // The later rule is broken first, so that what the earlier one alters stands.
        var attempt = broken.AsEnumerable().Reverse().Aggregate(lawful(stage), (before, row) => row.Break(stage, before));
        var books = Dump.Of(attempt.By.Books);
        var decision = attempt.By.Run(attempt.Command);

        Refused.MustBe(broken[0].Reason, decision);
        Assert.Equal(books, Dump.Of(attempt.By.Books));
    }

    public void MustBeComplete()
    {
        Assert.Equal(Enum.GetValues<TReason>(), rows.Select(row => row.Reason).Distinct());
        Assert.Equal(rows.Count, rows.Select(row => row.Name).Distinct().Count());
    }
}

/// <summary>A table whose types do not matter.</summary>
public interface IRefusalTable
{
    /// <summary>The enumeration of the command's refusals.</summary>
    Type Reasons { get; }

    /// <summary>The values that have a row, as often as they have one.</summary>
    IReadOnlyList<string> Covered { get; }
}
