namespace FundingFlows.Ledger;

/// <summary>What a body does by itself, whatever its state: it takes in what was on its way and hears how it was answered.</summary>
public interface IOwnAct : ICommand;

/// <summary>Why a body carries out no commands any more, before a command's own rules are looked at.</summary>
public enum BodyRefusal
{
    /// <summary>It has asked to be closed, or was.</summary>
    [Refuses(RefusalClass.Rule)] Closing = 1,
}

/// <summary>Decides a command at a body: by what the body still does, then by the command's own rules.</summary>
public static class Deciding
{
    public static Decision Of(ICommand command, Books books, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(books);
        if (command is not IOwnAct && (books.Ending.IsAsked || books.Ending.IsSealed))
            return Decision.Refuse(
                BodyRefusal.Closing, $"{books.Body} {(books.Ending.IsSealed ? "was closed" : "has asked to be closed")}, so it does nothing more.", ("body", books.Body));
        return command.Decide(books, around);
    }
}
