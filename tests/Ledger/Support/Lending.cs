namespace FundingFlows.Ledger.Tests;

/// <summary>Loans, told in one line.</summary>
internal static class Lending
{
    /// <summary>
    /// A body opens a fund of its own, for revenue of 2026-27 to 2030-31, whose repaid loans may be used again for two years, and lends
    /// some of £100 of it, to be repaid by the end of the next year. Answers with the loan.
    /// </summary>
    public static EntryId Lends(this TestBody body, long pence, FundRules? rules = null)
    {
        body.Do(Write.Fund("loans", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2026, 2030), Rules = rules ?? new FundRules([], RecyclingYears: 2) });
        body.Issues($"{body.Id}.loans", 10_000);
        return body.Do(body.Payment($"{body.Id}.loans", pence) with { RepayableBy = Write.YearEnd.AddYears(1) });
    }

    /// <summary>A fund of a body for what it is paid in interest. Answers with its id.</summary>
    public static string OpensForInterest(this TestBody body) => body.Opens("interest", Write.Share(Kind.Either, 10_000));
}
