namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not accepted, in the order in which the rules are checked.</summary>
public enum AcceptAgreementRefusal
{
    /// <summary>No such proposal has arrived.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AgreementUnknown = 1,

    /// <summary>This body proposed it; the other body accepts.</summary>
    [Refuses(RefusalClass.Rule)] OwnProposal,

    /// <summary>It is not waiting to be accepted.</summary>
    [Refuses(RefusalClass.Rule)] NotProposed,

    /// <summary>Lead authorities and shared services are between councils; this body is none.</summary>
    [Refuses(RefusalClass.Rule)] NotACouncil,

    /// <summary>This body funds the proposer, directly or through others, or has proposed to: money would go round in a circle.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] Circular,

    /// <summary>This body is unincorporated: it can hold no money in law, and nobody is accountable for it yet.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AccountableBodyNeeded,

    /// <summary>The agreement names another accountable body than this body has.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AccountableBodyDiffers,

    /// <summary>More bodies stand below this one than an agreement can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyRecipientsBelow,
}

/// <summary>This body accepts a proposal by which another will fund it.</summary>
public sealed record AcceptAgreement(EntryId Agreement) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Agreements.Find(Agreement) is not { } agreement)
            return Decision.Refuse(AcceptAgreementRefusal.AgreementUnknown, $"No proposal {Agreement} has arrived.", ("agreement", $"{Agreement}"));
        if (agreement.Funder == books.Body)
            return Decision.Refuse(AcceptAgreementRefusal.OwnProposal, $"{books.Body} proposed {Agreement} itself; {agreement.Recipient} accepts it.", ("agreement", $"{Agreement}"));
        if (agreement.State != AgreementStage.Proposed)
            return Decision.Refuse(AcceptAgreementRefusal.NotProposed, $"{Agreement} is not waiting to be accepted.", ("agreement", $"{Agreement}"));
        if (agreement.Clauses.IsForCouncils && books.Tier != Tier.Council)
            return Decision.Refuse(
                AcceptAgreementRefusal.NotACouncil, $"Only councils act for one another, and {books.Body} is none, so {Agreement} cannot be accepted.", ("agreement", $"{Agreement}"));
        var below = books.Agreements.RecipientsBelow(books.Body);
        // A body that stands above the proposer and below this one closes the circle as well, though neither end is named to the other.
        if (agreement.Clauses.IsOneWay && agreement.Clauses.FundersAbove.Append(agreement.Funder).Intersect(below.Append(books.Body)).Any())
            return Decision.Refuse(
                AcceptAgreementRefusal.Circular,
                $"{books.Body} funds {agreement.Funder}, directly or through others, or has proposed to, so it cannot be funded by it: the money would go round in a circle.",
                ("funder", agreement.Funder));
        if (AccountableBody(books, agreement) is { } unaccountable)
            return unaccountable;
        if (below.Count > AgreementBook.MostNamed)
            return Decision.Refuse(
                AcceptAgreementRefusal.TooManyRecipientsBelow,
                $"{below.Count} bodies have money from {books.Body}, directly or through others; an agreement names at most {AgreementBook.MostNamed}.",
                ("recipients_below", $"{below.Count}"));
        return Decision.Accept(new Fact
        {
            AgreementAccepted = new AgreementAccepted { To = books.Deliveries.Address(agreement.Funder), Agreement = Agreement.ToRef(), RecipientsBelow = { below } },
        });
    }

    private Decision? AccountableBody(Books books, FundingAgreement agreement)
    {
        var named = agreement.Clauses.AccountableBody;
        var agent = books.Custodies.Of(books.Body)?.Agent ?? "";
        if (books.LegalForm == LegalForm.Unincorporated && agent.Length == 0)
            return Decision.Refuse(
                AcceptAgreementRefusal.AccountableBodyNeeded,
                $"{books.Body} is unincorporated and cannot hold money in law: it needs a council that is accountable for it before it accepts {Agreement}.", ("agreement", $"{Agreement}"));
        return named == agent ? null : Decision.Refuse(
            AcceptAgreementRefusal.AccountableBodyDiffers,
            $"{Agreement} names {(named.Length == 0 ? "nobody" : named)} as accountable for {books.Body}, which {(agent.Length == 0 ? "keeps its own money" : $"has its money kept by {agent}")}: {agreement.Funder} has to propose another.",
            ("accountable_body", named), ("agent", agent));
    }
}
