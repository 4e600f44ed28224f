namespace FundingFlows.Ledger;

/// <summary>Why an agreement is not proposed, in the order in which the rules are checked.</summary>
public enum ProposeAgreementRefusal
{
    /// <summary>The recipient is not named as bodies are.</summary>
    [Refuses(RefusalClass.Malformed)] RecipientMalformed = 1,

    /// <summary>A body does not fund itself.</summary>
    [Refuses(RefusalClass.Rule)] WithItself,

    /// <summary>The recipient is not a body of the federation, as far as is known here.</summary>
    [Refuses(RefusalClass.Missing, LaterMayHelp = true)] RecipientUnknown,

    /// <summary>There is such an agreement, proposed or active.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyThere,
}

/// <summary>This body proposes to fund another.</summary>
public sealed record ProposeAgreement(string Recipient) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Names.IsBody(Recipient))
            return Decision.Refuse(ProposeAgreementRefusal.RecipientMalformed, "The recipient is not named as a body is.");
        if (Recipient == books.Body)
            return Decision.Refuse(ProposeAgreementRefusal.WithItself, $"{books.Body} does not need an agreement with itself.");
        if (!around.IsBody(Recipient))
            return Decision.Refuse(ProposeAgreementRefusal.RecipientUnknown, $"{Recipient} is not a body of the federation, as far as {books.Body} knows.", ("body", Recipient));
        if (books.Agreements.Between(books.Body, Recipient, AgreementStage.Active) is not null
            || books.Agreements.Between(books.Body, Recipient, AgreementStage.Proposed) is not null)
            return Decision.Refuse(ProposeAgreementRefusal.AlreadyThere, $"{books.Body} has proposed or made an agreement to fund {Recipient} already.", ("body", Recipient));
        return Decision.Accept(new Fact { AgreementProposed = new AgreementProposed { To = books.Deliveries.Address(Recipient) } });
    }
}
