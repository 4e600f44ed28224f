namespace FundingFlows.Ledger.Tests;

/// <summary>Money of one fund on very many lines.</summary>
internal static class ManyLines
{
    /// <summary>Eight earmarks with names as long as they may be.</summary>
    public static IReadOnlyList<string> Earmarks { get; } = [.. Enumerable.Range(0, OpenFund.MostEarmarks).Select(i => $"earmark-{i}-{new string('x', 22)}")];

    /// <summary>Every choice of three or four of them, as each kind: 378 lines.</summary>
    public static IReadOnlyList<Promise> Promises(long pence) =>
    [
        .. from choice in Enumerable.Range(0, 1 << OpenFund.MostEarmarks)
           where int.PopCount(choice) is 3 or 4
           from kind in new[] { Kind.Capital, Kind.Revenue, Kind.Either }
           select Write.Promise(2026, kind, pence, [.. Earmarks.Where((_, i) => (choice & (1 << i)) != 0)]),
    ];

    /// <summary>The council holds a penny on each line of a fund of the government's with a name as long as it may be. Answers with the fund.</summary>
    public static string At(Stage stage)
    {
        var name = new string('f', 32);
        stage.Government.Do(Write.Fund(name, [Write.Share(Kind.Either, 10_000)], [.. Earmarks.Select(earmark => new Earmark { Name = earmark })]));
        var fund = $"{stage.Government.Id}.{name}";
        stage.Government.Issues(fund, 1_000);
        foreach (var promises in Promises(1).Chunk(FundingAward.MostPromises))
        {
            var award = stage.Federation.Awards(stage.Government, stage.Council, fund, promises);
            for (var i = 0; i < promises.Length; i++)
                stage.Federation.Releases(stage.Government, award, i, 1);
        }
        return fund;
    }
}
