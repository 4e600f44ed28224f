namespace FundingFlows.Ledger.Tests;

/// <summary>Payments that need a second person, and people who may be it.</summary>
internal static class Preparing
{
    /// <summary>Above this the fund of these helpers needs a second person.</summary>
    public const long AbovePence = 500;

    public const string Second = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// <summary>A fund of the body's own, with money, that needs a second person above an amount.</summary>
    public static string Guarded(this TestBody body, long pence = 10_000, string name = "guarded", long? above = AbovePence)
    {
        body.Do(Write.Fund(name, [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { SecondApprovalAbovePence = above } });
        body.Issues($"{body.Id}.{name}", pence);
        return $"{body.Id}.{name}";
    }

    /// <summary>A payment that waits for a second person.</summary>
    public static EntryId Prepares(this TestBody body, long pence = 600) => body.Do(body.Payment(body.Guarded(), pence));

    /// <summary>Somebody else does something at a body.</summary>
    public static Decision RunAs(this TestBody body, string actor, ICommand command)
    {
        var before = body.Actor;
        body.Actor = actor;
        var decision = body.Run(command);
        body.Actor = before;
        return decision;
    }

    /// <summary>Somebody else does something that must be accepted. Answers with its first entry.</summary>
    public static EntryId DoAs(this TestBody body, string actor, ICommand command)
    {
        var next = body.Books.Next;
        var decision = body.RunAs(actor, command);
        Assert.True(decision.Facts.Count > 0, decision.Refusal?.Sentence);
        return next;
    }
}
