namespace FundingFlows.Ledger;

/// <summary>Why money is not claimed back, in the order in which the rules are checked.</summary>
public enum ClaimClawbackRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown,

    /// <summary>The award was made by another body; only its funder claims back.</summary>
    [Refuses(RefusalClass.Rule)] NotTheFunder,

    /// <summary>The recipient was abolished: the award goes on with others.</summary>
    [Refuses(RefusalClass.Rule)] RecipientAbolished,

    /// <summary>The recipient was closed: there is nobody left to claim from.</summary>
    [Refuses(RefusalClass.Rule)] RecipientClosed,

    /// <summary>The award promises nothing of that kind and with those earmarks.</summary>
    [Refuses(RefusalClass.Rule)] NoSuchPromise,

    /// <summary>Less was given, and is known to have arrived, has not come back and was not claimed before.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] MoreThanGiven,
}

/// <summary>The funder of an award claims back money of it. The promise is not thereby restored.</summary>
public sealed record ClaimClawback(EntryId Award, Kind Kind, EarmarkSet Earmarks, DocumentDigest Reason, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                ClaimClawbackRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be claimed back: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(ClaimClawbackRefusal.AwardUnknown, $"{books.Body} knows no award {Award}.", ("award", $"{Award}"));
        if (award.Funder != books.Body)
            return Decision.Refuse(ClaimClawbackRefusal.NotTheFunder, $"{Award} was made by {award.Funder}; only it claims money of it back.", ("funder", award.Funder));
        if (books.Abolished.Contains(award.Recipient))
            return Decision.Refuse(
                ClaimClawbackRefusal.RecipientAbolished, $"{award.Recipient} was abolished: claim from those that took over, under the awards that go on with them.",
                ("recipient", award.Recipient));
        if (books.Closed.Contains(award.Recipient))
            return Decision.Refuse(
                ClaimClawbackRefusal.RecipientClosed, $"{award.Recipient} was closed when it had accounted for all that it was given: nobody is left to claim from.", ("recipient", award.Recipient));
        if (!award.Promises.Any(promise => promise.Kind == Kind && promise.Earmarks == Earmarks))
            return Decision.Refuse(
                ClaimClawbackRefusal.NoSuchPromise, $"{Award} promises nothing of that kind and with those earmarks.", ("kind", $"{Kind}"), ("earmarks", $"{Earmarks}"));
        // A claim may be met with money of another kind. So what was released, less all that was claimed, is a limit beside what has come back.
        var left = Math.Min(
            books.Transfers.LeftPence(Award, Kind, Earmarks) - SameMoney(books).Sum(one => books.Clawbacks.ClaimedPence(one.Id, Kind, Earmarks) + OnItsWay(books, one)),
            award.ReleasedPence(Kind, Earmarks) - books.Clawbacks.EverClaimedPence(Award, Kind, Earmarks) - OnItsWay(books, award));
        if (AmountPence > left)
            return Decision.Refuse(
                ClaimClawbackRefusal.MoreThanGiven,
                $"{Pence.InPounds(left)} of that money arrived at {award.Recipient}, has not come back and was not claimed before; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{left}"), ("wanted_pence", $"{AmountPence}"));
        return Decision.Accept(new Fact
        {
            ClawbackClaimed = new ClawbackClaimed
            {
                To = books.Deliveries.Address(award.Recipient),
                Award = Award.ToRef(),
                Kind = Kind,
                Earmarks = { Earmarks.Names },
                AmountPence = AmountPence,
                Reason = Reason,
            },
        });
    }

    /// <summary>The award, and those that go on from the same one with other successors: what came back is known of all of them together.</summary>
    private IEnumerable<FundingAward> SameMoney(Books books) => books.Awards.All.Where(award => books.Transfers.RootOf(award.Id) == books.Transfers.RootOf(Award));

    /// <summary>What was sent and may still be refused: that can be claimed once it has arrived.</summary>
    private long OnItsWay(Books books, FundingAward award) => books.Transfers.Sent
        .Where(sent => sent.Award == award.Id && sent.Purpose == TransferPurpose.Allocation && sent.State == TransferStage.InTransit
            && award.Promises[sent.Promise].Kind == Kind && award.Promises[sent.Promise].Earmarks == Earmarks)
        .Sum(sent => sent.AmountPence);
}
