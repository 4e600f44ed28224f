namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not proposed, in the order in which the rules are checked.</summary>
public enum ProposeAgreementRefusal
{
    /// <summary>The recipient is not named as bodies are.</summary>
    [Refuses(RefusalClass.Malformed)] RecipientMalformed = 1,

    /// <summary>There is no such basis, or the accountable body is not named as bodies are.</summary>
    [Refuses(RefusalClass.Malformed)] ClausesMalformed,

    /// <summary>A body does not fund itself.</summary>
    [Refuses(RefusalClass.Rule)] WithItself,

    /// <summary>Lead authorities and shared services are between councils; this body is none.</summary>
    [Refuses(RefusalClass.Rule)] NotACouncil,

    /// <summary>The recipient is not a body of the federation, as far as is known here.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] RecipientUnknown,

    /// <summary>The accountable body is not another body of the federation than the recipient, as far as is known here.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] AccountableBodyUnknown,

    /// <summary>The recipient was closed or abolished.</summary>
    [Refuses(RefusalClass.Rule)] RecipientGone,

    /// <summary>There is such an agreement, proposed or in force.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyThere,

    /// <summary>The recipient funds this body, directly or through others: money would go round in a circle.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] Circular,

    /// <summary>More bodies stand above this one than an agreement can name.</summary>
    [Refuses(RefusalClass.Rule)] TooManyFundersAbove,
}

/// <summary>This body proposes to fund another.</summary>
/// <param name="AccountableBody">The body that keeps the recipient's money and pays for it. Empty: none.</param>
public sealed record ProposeAgreement(string Recipient, AgreementBasis Basis = AgreementBasis.Funding, string AccountableBody = "") : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Names.IsBody(Recipient))
            return Decision.Refuse(ProposeAgreementRefusal.RecipientMalformed, "The recipient is not named as a body is.");
        if (Basis == AgreementBasis.Unspecified || !Enum.IsDefined(Basis) || (AccountableBody.Length > 0 && !Names.IsBody(AccountableBody)))
            return Decision.Refuse(ProposeAgreementRefusal.ClausesMalformed, "The agreement cannot be read: check its basis and its accountable body.");
        if (Recipient == books.Body)
            return Decision.Refuse(ProposeAgreementRefusal.WithItself, $"{books.Body} does not need an agreement with itself.");
        var clauses = new AgreementClauses(Basis, AccountableBody, books.Agreements.FundersAbove(books.Body));
        if (clauses.IsForCouncils && books.Tier != Tier.Council)
            return Decision.Refuse(
                ProposeAgreementRefusal.NotACouncil, $"Only councils act for one another, and {books.Body} is none: propose an agreement to fund {Recipient} instead.", ("body", books.Body));
        if (!around.IsBody(Recipient))
            return Decision.Refuse(ProposeAgreementRefusal.RecipientUnknown, $"{Recipient} is not a body of the federation, as far as {books.Body} knows.", ("body", Recipient));
        if (AccountableBody.Length > 0 && (AccountableBody == Recipient || !around.IsBody(AccountableBody)))
            return Decision.Refuse(
                ProposeAgreementRefusal.AccountableBodyUnknown,
                $"{AccountableBody} cannot be accountable for {Recipient}: name another body of the federation that {books.Body} knows.", ("accountable_body", AccountableBody));
        return Decide(books, clauses);
    }

    private Decision Decide(Books books, AgreementClauses clauses)
    {
        if (books.IsGone(Recipient))
            return Decision.Refuse(ProposeAgreementRefusal.RecipientGone, $"{Recipient} is a body no more, so it can agree to nothing.", ("body", Recipient));
        if (books.Agreements.Open(books.Body, Recipient) is not null)
            return Decision.Refuse(ProposeAgreementRefusal.AlreadyThere, $"{books.Body} has proposed or made an agreement to fund {Recipient} already.", ("body", Recipient));
        if (clauses.IsOneWay && clauses.FundersAbove.Contains(Recipient))
            return Decision.Refuse(
                ProposeAgreementRefusal.Circular,
                $"{Recipient} funds {books.Body}, directly or through others, so {books.Body} cannot fund it: the money would go round in a circle.", ("body", Recipient));
        if (clauses.FundersAbove.Count > AgreementBook.MostNamed)
            return Decision.Refuse(
                ProposeAgreementRefusal.TooManyFundersAbove,
                $"{books.Body} has money from {clauses.FundersAbove.Count} bodies, directly or through others; an agreement names at most {AgreementBook.MostNamed}.",
                ("funders_above", $"{clauses.FundersAbove.Count}"));
        return Decision.Accept(new Fact
        {
            AgreementProposed = new AgreementProposed
            {
                To = books.Deliveries.Address(Recipient),
                Basis = Basis,
                AccountableBody = AccountableBody,
                FundersAbove = { clauses.FundersAbove },
            },
        });
    }
}
