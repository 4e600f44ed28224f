namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not suspended, in the order in which the rules are checked.</summary>
public enum SuspendAgreementRefusal
{
    /// <summary>This body is party to no such agreement.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgreementUnknown = 1,

    /// <summary>It is not known here to be in force.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotInForce,

    /// <summary>This body has suspended it already.</summary>
    [Refuses(RefusalClass.Rule)] AlreadySuspended,
}

/// <summary>A party suspends an agreement: no new awards and no releases, until it has resumed it.</summary>
public sealed record SuspendAgreement(EntryId Agreement, DocumentDigest Reason) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Agreements.Find(Agreement) is not { } agreement)
            return Decision.Refuse(SuspendAgreementRefusal.AgreementUnknown, $"{books.Body} knows no agreement {Agreement}.", ("agreement", $"{Agreement}"));
        if (!agreement.IsInForce)
            return Decision.Refuse(
                SuspendAgreementRefusal.NotInForce, $"{Agreement} is {agreement.State.ToString().ToLowerInvariant()} and not in force, so it cannot be suspended.", ("agreement", $"{Agreement}"));
        if (agreement.SuspendedBy.Contains(books.Body))
            return Decision.Refuse(SuspendAgreementRefusal.AlreadySuspended, $"{books.Body} has suspended {Agreement} already.", ("agreement", $"{Agreement}"));
        return Decision.Accept(new Fact
        {
            AgreementSuspended = new AgreementSuspended { To = books.Deliveries.Address(agreement.Other(books.Body)), Agreement = Agreement.ToRef(), Reason = Reason },
        });
    }
}
