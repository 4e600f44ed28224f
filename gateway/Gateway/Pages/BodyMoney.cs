using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Journal.V1;

namespace FundingFlows.Gateway;

/// <summary>What a body has of a fund, year by year, as its own service says.</summary>
public sealed record FundMoney(FundTerms Fund, GetSettlementResponse Settlement)
{
    /// <summary>Whether there is anything to show.</summary>
    public bool IsAny => Settlement.Years.Count > 0 || Settlement.HeldPence != 0;

    /// <summary>What is left of a year, in words. Below zero more went than came for the year, so that it was other money.</summary>
    public string Left(SettlementYear year) =>
        year.LeftPence >= 0 ? Words.Pounds(year.LeftPence) : Settlement.IssuedPence > 0 ? "comes from what it put in" : "comes from other years or funds";
}

/// <summary>Why a body got its share by a formula.</summary>
/// <param name="Sentences">Its funder's words. Null: the funder cannot say now.</param>
/// <param name="Link">Where the working can be read in full.</param>
public sealed record ShareReason(string Funder, string Fund, IReadOnlyList<string>? Sentences, string Link);

/// <summary>What the page says of a body's money.</summary>
/// <param name="Funds">The first, by their ids.</param>
/// <param name="AreMore">Whether the body has more funds than are shown.</param>
/// <param name="Reasons">The newest first.</param>
public sealed record BodyMoney(IReadOnlyList<FundMoney> Funds, bool AreMore, IReadOnlyList<ShareReason> Reasons);
