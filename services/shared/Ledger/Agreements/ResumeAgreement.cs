namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not resumed, in the order in which the rules are checked.</summary>
public enum ResumeAgreementRefusal
{
    /// <summary>This body is party to no such agreement.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgreementUnknown = 1,

    /// <summary>It has ended, or was never in force.</summary>
    [Refuses(RefusalClass.Rule)] NotInForce,

    /// <summary>This body has not suspended it. What the other party suspended, that party resumes.</summary>
    [Refuses(RefusalClass.Rule)] NotSuspendedHere,
}

/// <summary>A party resumes an agreement that it suspended itself.</summary>
public sealed record ResumeAgreement(EntryId Agreement, DocumentDigest Reason) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Agreements.Find(Agreement) is not { } agreement)
            return Decision.Refuse(ResumeAgreementRefusal.AgreementUnknown, $"{books.Body} knows no agreement {Agreement}.", ("agreement", $"{Agreement}"));
        if (!agreement.IsInForce)
            return Decision.Refuse(
                ResumeAgreementRefusal.NotInForce, $"{Agreement} is {agreement.State.ToString().ToLowerInvariant()} and not in force, so it cannot be resumed.", ("agreement", $"{Agreement}"));
        var other = agreement.Other(books.Body);
        if (!agreement.SuspendedBy.Contains(books.Body))
            return Decision.Refuse(
                ResumeAgreementRefusal.NotSuspendedHere,
                agreement.SuspendedBy.Contains(other) ? $"{other} has suspended {Agreement}; only it can resume it." : $"{Agreement} is not suspended.",
                ("agreement", $"{Agreement}"));
        return Decision.Accept(new Fact
        {
            AgreementResumed = new AgreementResumed { To = books.Deliveries.Address(other), Agreement = Agreement.ToRef(), Reason = Reason },
        });
    }
}
