using FundingFlows.Contracts.Ledger.V1;
using Google.Protobuf;
using Lot = FundingFlows.Ledger.Lot;

namespace FundingFlows.Tiers;

/// <summary>How books are shown.</summary>
public static class LedgerViews
{
    public static AccountTotals ToTotals(this Balances balances) => new()
    {
        IssuedPence = balances[Account.Issued],
        ReceivedPence = balances[Account.Received],
        ReturnedPence = balances[Account.Returned],
        CashPence = balances[Account.Cash],
        InTransitPence = balances[Account.InTransit],
        GrantedPence = balances[Account.Granted],
        SpentPence = balances[Account.Spent],
        RepaidPence = balances[Account.Repaid],
        SurrenderedPence = balances[Account.Surrendered],
        RelabelledInPence = balances[Account.RelabelledIn],
        RelabelledOutPence = balances[Account.RelabelledOut],
    };

    internal static LineAccounts ToView(this Books books, FundLine line, Balances balances)
    {
        var held = HeldMoney.Of(books, books.Lots.Remaining(line.Fund).Where(lot => lot.Line == line));
        return new LineAccounts
        {
            Line = line.ToLine(),
            Accounts = balances.ToTotals(),
            ReservedPence = held.ReservedPence,
            LiabilitiesPence = held.LiabilitiesPence,
            ToReturnPence = held.ToReturnPence,
            ClaimedPence = held.ClaimedPence,
            WaitingPence = held.WaitingPence,
            IncurredPence = balances[Account.Spent] + held.LiabilitiesPence,
        };
    }

    internal static Body ToView(this Books books, byte[] root, string? readsOnly) => new()
    {
        Id = books.Body,
        Tier = books.Tier,
        RegisteringBody = books.Genesis!.RegisteringBody,
        Origin = Names.Origin(books.Federation, books.Body, books.Epoch),
        Epoch = books.Epoch,
        JournalSize = (ulong)books.Size,
        JournalRoot = ByteString.CopyFrom(root),
        Totals = books.Accounts.Total.ToTotals(),
        LegalForm = books.LegalForm,
        AccountableBody = books.Custodies.Of(books.Body)?.Agent ?? "",
        ReadsOnly = readsOnly ?? "",
        OfficialName = books.Genesis.OfficialName,
    };

    internal static Contracts.Ledger.V1.Lot ToView(this Lot lot) => new()
    {
        Id = lot.Id.ToString(),
        Parent = lot.Parent?.ToString() ?? "",
        AmountPence = lot.AmountPence,
        RemainingPence = lot.RemainingPence,
        Line = lot.Line.ToLine(),
        TermsVersion = lot.TermsVersion,
        Source = lot.Origin.Source.ToSource(),
        OriginFund = lot.Origin.Fund,
        OriginLot = lot.Origin.Lot.ToString(),
        Award = lot.Award?.ToString() ?? "",
        HeldPence = lot.HeldPence,
        EarlierTerms = { lot.Terms.SkipLast(1).Select(terms => terms.ToRef()) },
    };
}
