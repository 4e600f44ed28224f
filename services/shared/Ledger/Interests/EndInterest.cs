namespace FundingFlows.Ledger;

/// <summary>Why an interest is not ended, in the order in which the rules are checked.</summary>
public enum EndInterestRefusal
{
    /// <summary>The payee has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] PayeeMalformed = 1,

    /// <summary>The person has declared no such interest, or has ended it.</summary>
    [Refuses(RefusalClass.Missing)] NotDeclared,
}

/// <summary>The person who gives the command no longer has an interest that they declared.</summary>
public sealed record EndInterest(Payee Payee) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!PayeeKey.IsWellFormed(Payee))
            return Decision.Refuse(EndInterestRefusal.PayeeMalformed, "The payee cannot be read: it must be an organisation identifier or the handle of a person.");
        if (!books.Interests.Has(around.Actor, Payee))
            return Decision.Refuse(EndInterestRefusal.NotDeclared, "You have no interest in this payee that you declared.");
        return Decision.Accept(new Fact { InterestEnded = new InterestEnded { Payee = Payee } });
    }
}
