namespace FundingFlows.Ledger;

/// <summary>Why a body does not ask to be closed, in the order in which the rules are checked.</summary>
public enum CloseBodyRefusal
{
    /// <summary>The last day is no day, or lies outside the financial years.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>The body is the root of the federation, which nobody else can close.</summary>
    [Refuses(RefusalClass.Rule)] IsTheRoot,

    /// <summary>It holds money.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] MoneyHeld,

    /// <summary>Something that it sent was not answered, or something that was sent to it has not arrived.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] OnItsWay,

    /// <summary>It is a party to an agreement that has not ended.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AgreementOpen,

    /// <summary>It is in a custody that has not ended.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] CustodyOpen,

    /// <summary>It owes what was claimed back, or has claimed money back that has not come.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] ClawbackOpen,

    /// <summary>A body that it funded may still have money to send back: it was neither repaid nor, by that body's latest report, spent.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] MoneyGivenOut,

    /// <summary>An appeal that it made, or is to decide, is open.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AppealOpen,

    /// <summary>It vouches for a body that was not closed.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] BodyVouchedFor,
}

/// <summary>
/// This body, which holds nothing and waits for nothing, asks its registering body to be closed. Those that it had to do with are told
/// before, and what they had on its way is refused; with the last of their answers it asks. Sent again when something was missing then.
/// </summary>
/// <param name="LastDay">The last day on which it exists. What was said first stands.</param>
public sealed record CloseBody(DateOnly LastDay) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Dates.IsDay(LastDay))
            return Decision.Refuse(
                CloseBodyRefusal.DayMalformed, $"The last day of {books.Body} must lie in a financial year from {Years.InWords(Years.Earliest)} to {Years.InWords(Years.Latest)}.");
        if (books.IsRoot)
            return Decision.Refuse(CloseBodyRefusal.IsTheRoot, $"{books.Body} is the root of the federation: nobody else can close it.");
        if (Holds(books) is { } holding)
            return holding;
        if (books.Deliveries.Awaiting.Order(StringComparer.Ordinal).FirstOrDefault() is { } receiver)
            return Decision.Refuse(CloseBodyRefusal.OnItsWay, $"{receiver} has not answered what {books.Body} sent to it.", ("body", receiver));
        if (books.Ending.Awaited(books.Deliveries) is { } sender)
            return Decision.Refuse(CloseBodyRefusal.OnItsWay, $"Something that {sender} sent to {books.Body} has not arrived.", ("body", sender));
        if (Bound(books) is { } bound)
            return bound;
        return Decision.Accept([.. TellOrAsk(books, books.Ending.LastDay ?? LastDay)]);
    }

    /// <summary>Goes on towards the end with the last answer that was awaited, where nothing binds the body any more and nothing is on its way to it.</summary>
    /// <param name="answering">Who answers just now.</param>
    internal static IEnumerable<Fact> GoOn(Books books, string answering) =>
        books.Ending is { LastDay: { } day, IsAsked: false } && (Holds(books) ?? Bound(books)) is null && books.Ending.Awaited(books.Deliveries) is null
            ? TellOrAsk(books, day, answering) : [];

    private static List<Fact> TellOrAsk(Books books, DateOnly day, string answering = "") => Tell(books, day, answering).ToList() is { Count: > 0 } told ? told
        : [new Fact { ClosingAsked = new ClosingAsked { To = books.Deliveries.Address(books.Registrar), LastDay = day.ToDate() } }];

    /// <summary>All that ever had an agreement or a custody with this body, and are there to hear it.</summary>
    private static IEnumerable<Fact> Tell(Books books, DateOnly day, string answering) => books.Agreements.All.Select(agreement => agreement.Other(books.Body))
        .Concat(books.Custodies.All.Select(custody => custody.Other(books.Body)))
        .Where(partner => partner != answering && !books.IsGone(partner) && !books.Ending.Last.ContainsKey(partner))
        .Distinct().Order(StringComparer.Ordinal)
        .Select(partner => new Fact { ClosingTold = new ClosingTold { To = books.Deliveries.Address(partner), LastDay = day.ToDate() } });

    private static Decision? Holds(Books books) => books.Accounts.Total[Account.Cash] is var held and > 0
        ? Decision.Refuse(CloseBodyRefusal.MoneyHeld, $"{books.Body} holds {Pence.InPounds(held)}: spend it, pass it on or repay it first.", ("held_pence", $"{held}"))
        : null;

    /// <summary>What the body is still bound by, owes or answers for. Null: nothing.</summary>
    private static Decision? Bound(Books books)
    {
        if (books.Agreements.All.FirstOrDefault(agreement => agreement.IsOpen) is { } agreement)
            return Decision.Refuse(
                CloseBodyRefusal.AgreementOpen, $"Agreement {agreement.Id} with {agreement.Other(books.Body)} has not ended.", ("agreement", $"{agreement.Id}"));
        if (books.Custodies.All.FirstOrDefault(custody => custody.State is CustodyStage.Active or CustodyStage.Proposed) is { } custody)
            return Decision.Refuse(CloseBodyRefusal.CustodyOpen, $"Custody {custody.Id} with {custody.Other(books.Body)} has not ended.", ("custody", $"{custody.Id}"));
        if (books.Clawbacks.All.FirstOrDefault(claim => claim.OwedPence > 0) is { } claim)
            return Decision.Refuse(
                CloseBodyRefusal.ClawbackOpen, $"{Pence.InPounds(claim.OwedPence)} of what {claim.Id} claims back has not been sent back: settle the claim, or have it withdrawn.",
                ("claim", $"{claim.Id}"), ("owed_pence", $"{claim.OwedPence}"));
        if (GivenOut.Of(books).FirstOrDefault() is { AmountPence: > 0 } given)
            return Decision.Refuse(
                CloseBodyRefusal.MoneyGivenOut,
                $"{Pence.InPounds(given.AmountPence)} that {given.Recipient} was given has neither come back nor been reported as spent. Once {books.Body} is closed it could not be sent back: have it repaid or reported, or let another body succeed.",
                ("body", given.Recipient), ("given_pence", $"{given.AmountPence}"));
        if (books.Instructions.All.FirstOrDefault(instruction => instruction.IsOpen) is { } open)
            return Decision.Refuse(CloseBodyRefusal.AppealOpen, $"The appeal about {open.Id} is not decided yet.", ("instruction", $"{open.Id}"));
        if (books.Registrations.Values.FirstOrDefault(registrant => !registrant.IsClosed) is { } vouched)
            return Decision.Refuse(
                CloseBodyRefusal.BodyVouchedFor, $"{books.Body} vouches for {vouched.Registration.Body}, which was not closed.", ("body", vouched.Registration.Body));
        return null;
    }
}
