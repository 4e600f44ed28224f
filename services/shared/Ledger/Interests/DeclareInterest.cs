namespace FundingFlows.Ledger;

/// <summary>Why an interest is not declared, in the order in which the rules are checked.</summary>
public enum DeclareInterestRefusal
{
    /// <summary>The payee has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] PayeeMalformed = 1,

    /// <summary>The person has declared it before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDeclared,
}

/// <summary>The person who gives the command has an interest in a payee.</summary>
public sealed record DeclareInterest(Payee Payee) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!PayeeKey.IsWellFormed(Payee))
            return Decision.Refuse(DeclareInterestRefusal.PayeeMalformed, "The payee cannot be read: it must be an organisation identifier or the handle of a person.");
        if (books.Interests.Has(around.Actor, Payee))
            return Decision.Refuse(DeclareInterestRefusal.AlreadyDeclared, "You have declared an interest in this payee before.");
        return Decision.Accept(new Fact { InterestDeclared = new InterestDeclared { Payee = Payee } });
    }
}
