using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Tiers;

/// <summary>How awards look on the wire.</summary>
internal static class AwardViews
{
    public static Award View(FundingAward award) => new()
    {
        Id = award.Id.ToString(),
        Funder = award.Funder,
        Recipient = award.Recipient,
        Agreement = award.Agreement.ToString(),
        Terms = award.Terms,
        Promises = { award.Promises.Select(promise => new PromiseState { Promise = promise.AsPromise(), ReleasedPence = promise.ReleasedPence }) },
        State = award.State switch
        {
            AwardStage.Offered => AwardState.Offered,
            AwardStage.Accepted => AwardState.Accepted,
            AwardStage.Declined => AwardState.Declined,
            _ => AwardState.Refused,
        },
        Allocation = award.Allocation?.ToString() ?? "",
        Versions = { award.Versions.Select(View) },
        Amendments = { award.Amendments.Select(View) },
    };

    public static GetSettlementResponse Settlement(Books books, string fund)
    {
        var years = Ledger.Settlement.Of(books, fund);
        var money = SettledMoney.Of(books, fund, years);
        return new GetSettlementResponse { Years = { years.Select(View) }, HeldPence = money.HeldPence, IssuedPence = money.IssuedPence, OtherwisePence = money.OtherwisePence };
    }

    private static SettlementYear View(SettledYear year)
    {
        var sent = Amounts(year);
        if (year.ForecastPence is { } forecast)
            sent.ForecastPence = forecast;
        if (year.End is { } end)
            sent.Closed = new SettlementYearEnd { UnspentPence = end.UnspentPence, CarriedPence = end.CarriedPence, ToReturnPence = end.ToReturnPence };
        return sent;
    }

    private static SettlementYear Amounts(SettledYear year) => new()
    {
        FinancialYear = year.Year,
        PromisedPence = year.ToBody.PromisedPence,
        ReceivedPence = year.ToBody.MovedPence,
        LapsedPence = year.ToBody.LapsedPence,
        ToComePence = year.ToBody.ToMovePence,
        PromisedOnPence = year.ByBody.PromisedPence,
        ReleasedOnPence = year.ByBody.MovedPence,
        LapsedOnPence = year.ByBody.LapsedPence,
        ToReleasePence = year.ByBody.ToMovePence,
        SpentPence = year.SpentPence,
        LeftPence = year.LeftPence,
    };

    private static Contracts.Agreements.V1.AwardVersion View(Ledger.AwardVersion version) => new()
    {
        Number = version.Number,
        Promises = { version.Promises },
        OfferedBy = version.Offered.ToString(),
        AcceptedBy = version.Acceptance?.ToString() ?? "",
    };

    private static Amendment View(AwardAmendment amendment) => new()
    {
        Id = amendment.Id.ToString(),
        Promises = { amendment.Promises },
        State = amendment.State switch
        {
            AmendmentStage.Offered => AmendmentState.Offered,
            AmendmentStage.Accepted => AmendmentState.Accepted,
            AmendmentStage.InForce => AmendmentState.InForce,
            AmendmentStage.Declined => AmendmentState.Declined,
            _ => AmendmentState.Lapsed,
        },
        AcceptedBy = amendment.Acceptance?.ToString() ?? "",
    };
}
