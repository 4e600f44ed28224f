namespace FundingFlows.Ledger;

/// <summary>What a body does by itself, whatever its state: it takes in what was on its way and hears how it was answered.</summary>
public interface IOwnAct : ICommand;

/// <summary>Why a body carries out no commands any more, before a command's own rules are looked at.</summary>
public enum BodyRefusal
{
    /// <summary>It is abolished: the answer names those who stand in its place.</summary>
    [Refuses(RefusalClass.Rule)] Succeeded = 1,

    /// <summary>It has asked to be closed, or was; or it has told others that it will be, and begins nothing.</summary>
    [Refuses(RefusalClass.Rule)] Closing,
}

/// <summary>Why nothing is said to another body, after a command's own rules were looked at.</summary>
public enum AddresseeRefusal
{
    /// <summary>It was closed: nobody would ever answer.</summary>
    [Refuses(RefusalClass.Rule)] Closed = 1,
}

/// <summary>Decides a command at a body: by what the body still does, then by the command's own rules.</summary>
public static class Deciding
{
    public static Decision Of(ICommand command, Books books, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(books);
        if (command is not IOwnAct && books.Vesting is { Succession: var succession } && (command is not HandOver || books.Ending.IsAsked))
            return Decision.Refuse(
                BodyRefusal.Succeeded, $"{books.Body} was abolished on {Dates.InWords(Dates.From(succession.Terms.VestingDay))}: ask {succession.InWords}, in its place.",
                ("successors", string.Join(' ', succession.Successors)));
        if (command is not IOwnAct && command is not HandOver && (books.Ending.IsAsked || books.Ending.IsSealed))
            return Decision.Refuse(
                BodyRefusal.Closing, $"{books.Body} {(books.Ending.IsSealed ? "was closed" : "has asked to be closed")}, so it does nothing more.", ("body", books.Body));
        if (books.Ending.HasTold && Begins(command))
            return Decision.Refuse(BodyRefusal.Closing, $"{books.Body} is about to be closed, so it begins nothing.", ("body", books.Body));
        var decision = command.Decide(books, around);
        return command is not IOwnAct and not HandOver && ClosedAddressee(books, decision) is { } closed
            ? Decision.Refuse(AddresseeRefusal.Closed, $"{closed.Body} was closed, so nothing reaches it any more.", ("body", closed.Body))
            : decision;
    }

    /// <summary>Whom something would be said to although it was closed. Null: nobody.</summary>
    private static Addressed? ClosedAddressee(Books books, Decision decision)
    {
        foreach (var fact in decision.Facts)
            if (DeliveredFacts.AddressOf(fact) is { } to && books.Closed.Contains(to.Body))
                return to;
        return null;
    }

    private static bool Begins(ICommand command) =>
        command is ProposeAgreement or AcceptAgreement or OfferAward or AwardAllocation or SetStandingInstruction or ReleaseFunds or IssueMoney or ProposeCustody or AcceptCustody or RegisterBody;
}
