using System.Reflection;

namespace FundingFlows.Ledger.Tests;

/// <summary>What the invariants say of books that are right, and of several views of them.</summary>
public sealed class InvariantTests
{
    [Fact]
    public void Check_OfALawfulFederation_ExaminesSomethingForEachInvariantAndFindsNothing()
    {
        var stage = new Stage();
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 100));
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 100);

        var results = stage.Federation.Check();

        Assert.Equal(Enum.GetValues<Invariant>(), results.Select(result => result.Invariant));
        Assert.All(results, result => Assert.True(result is { Holds: true, Examined: > 0 }, string.Join(" ", result.Findings)));
    }

    [Fact]
    public void Check_OfABodyThatIsNotSeen_FindsNothing()
    {
        var stage = new Stage();

        // The middle is missing, then the bottom, then the top.
        Assert.All(new[] { stage.Council, stage.Forum, stage.Government }, missing =>
            Assert.Empty(new Federation(stage.Federation.Bodies.Where(body => body != missing).Select(body => body.Books)).Check().SelectMany(result => result.Findings)));
    }

    [Fact]
    public void Federation_OfSeenBooks_FindsBodiesLotsAndEntries()
    {
        var stage = new Stage();
        var federation = new Federation([stage.Government.Books, stage.Council.Books]);
        var lot = stage.Council.Books.Lots.All[0];

        Assert.Same(stage.Council.Books, federation.Of(stage.Council.Id));
        Assert.Null(federation.Of(stage.Forum.Id));
        Assert.Equal(lot, federation.Find(lot.Id));
        Assert.Null(federation.Find(lot.Id with { Ordinal = 9 }));
        Assert.Null(federation.Find(stage.Forum.Books.Lots.All[0].Id));
        Assert.True(federation.HasSeen(stage.Council.Books.Next with { Index = stage.Council.Books.Size - 1 }));
        Assert.False(federation.HasSeen(stage.Council.Books.Next));
        Assert.False(federation.HasSeen(new EntryId(stage.Council.Id, 2, 0)));
        Assert.False(federation.HasSeen(new EntryId(stage.Forum.Id, 1, 0)));
    }

    /// <summary>Asserts that an invariant is broken, with those others and no more, and answers with what it found.</summary>
    internal static IReadOnlyList<string> MustBreak(Invariant invariant, TestFederation federation, params IReadOnlyList<Invariant> alsoBroken)
    {
        var broken = federation.Check().Where(result => !result.Holds).ToDictionary(result => result.Invariant, result => result.Findings);
        Assert.Equal(alsoBroken.Append(invariant).Order(), broken.Keys.Order());
        Assert.All(broken.Values.SelectMany(findings => findings), finding => Assert.EndsWith(".", finding, StringComparison.Ordinal));
        return broken[invariant];
    }

    /// <summary>Changes a balance behind the back of the rules.</summary>
    internal static void Corrupt(Balances balances, Account account, long pence)
    {
        var field = typeof(Balances).GetField("pence", BindingFlags.Instance | BindingFlags.NonPublic)!;
        ((long[])field.GetValue(balances)!)[(int)account] += pence;
    }
}
