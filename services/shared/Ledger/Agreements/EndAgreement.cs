namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not ended, in the order in which the rules are checked.</summary>
public enum EndAgreementRefusal
{
    /// <summary>This body is party to no such agreement.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgreementUnknown = 1,

    /// <summary>It has ended already, or was refused for good.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyOver,
}

/// <summary>A party ends an agreement for good, or withdraws or turns down its proposal.</summary>
public sealed record EndAgreement(EntryId Agreement, DocumentDigest Reason) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Agreements.Find(Agreement) is not { } agreement)
            return Decision.Refuse(EndAgreementRefusal.AgreementUnknown, $"{books.Body} knows no agreement {Agreement}.", ("agreement", $"{Agreement}"));
        if (agreement.State is AgreementStage.Ended or AgreementStage.Refused)
            return Decision.Refuse(
                EndAgreementRefusal.AlreadyOver, $"{Agreement} is over already: it was {agreement.State.ToString().ToLowerInvariant()}.", ("agreement", $"{Agreement}"));
        return Decision.Accept(new Fact
        {
            AgreementEnded = new AgreementEnded { To = books.Deliveries.Address(agreement.Other(books.Body)), Agreement = Agreement.ToRef(), Reason = Reason },
        });
    }
}
