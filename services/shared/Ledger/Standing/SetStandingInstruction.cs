namespace FundingFlows.Ledger;

/// <summary>Why a standing instruction is not set, in the order in which the rules are checked.</summary>
public enum SetStandingInstructionRefusal
{
    /// <summary>The shares are none or too many, one is not above zero, two are of one award, or together they are more than all.</summary>
    [Refuses(RefusalClass.Malformed)] SharesMalformed = 1,

    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown,

    /// <summary>The award was made to another body; only its recipient says what becomes of the money.</summary>
    [Refuses(RefusalClass.Rule)] NotTheRecipient,

    /// <summary>This body has not accepted the award.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AwardNotAccepted,

    /// <summary>The award is over: nothing more comes under it.</summary>
    [Refuses(RefusalClass.Rule)] AwardOver,

    /// <summary>The award promises nothing of that kind and with those earmarks.</summary>
    [Refuses(RefusalClass.Rule)] NoSuchPromise,

    /// <summary>There is an instruction for that money already.</summary>
    [Refuses(RefusalClass.Rule)] AlreadySet,

    /// <summary>This body knows no such award to pass the money on under.</summary>
    [Refuses(RefusalClass.Missing)] GivenAwardUnknown,

    /// <summary>Another body gives the award that the money is to be passed on under.</summary>
    [Refuses(RefusalClass.Rule)] NotTheFunder,

    /// <summary>Its recipient has not accepted the award that the money is to be passed on under.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] GivenAwardNotAccepted,

    /// <summary>The award that the money is to be passed on under is over.</summary>
    [Refuses(RefusalClass.Rule)] GivenAwardOver,

    /// <summary>It is of another fund than the money that comes.</summary>
    [Refuses(RefusalClass.Rule)] OtherFund,

    /// <summary>It promises nothing of that kind and with those earmarks.</summary>
    [Refuses(RefusalClass.Rule)] NothingAlikePromised,
}

/// <summary>
/// This body has shares passed on of all that comes under an award, as that kind and with those earmarks: each against the promise of
/// the same year, kind and earmarks in another award, which this body gives.
/// </summary>
public sealed record SetStandingInstruction(StandingLine Line, IReadOnlyList<StandingPart> Shares) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!AreWellFormed(Shares))
            return Decision.Refuse(
                SetStandingInstructionRefusal.SharesMalformed,
                $"The shares cannot be read: there are 1 to {StandingInstruction.MostShares} of them, each above zero and under another award, and together they are no more than the whole.");
        if (books.Awards.Find(Line.Award) is not { } award)
            return Decision.Refuse(SetStandingInstructionRefusal.AwardUnknown, $"{books.Body} knows no award {Line.Award}.", ("award", $"{Line.Award}"));
        if (award.Recipient != books.Body)
            return Decision.Refuse(
                SetStandingInstructionRefusal.NotTheRecipient, $"{award.Id} was made to {award.Recipient}; only it says what becomes of the money.", ("recipient", award.Recipient));
        if (award.State != AwardStage.Accepted)
            return Decision.Refuse(
                SetStandingInstructionRefusal.AwardNotAccepted, $"{books.Body} has not accepted {award.Id}: it is {award.State.ToString().ToLowerInvariant()}.", ("award", $"{award.Id}"));
        if (award.IsOver)
            return Decision.Refuse(SetStandingInstructionRefusal.AwardOver, $"{award.Id} is over: nothing more comes under it.", ("award", $"{award.Id}"));
        if (!Promises(award))
            return Decision.Refuse(
                SetStandingInstructionRefusal.NoSuchPromise, $"{award.Id} promises nothing of that kind and with those earmarks.", ("kind", $"{Line.Kind}"), ("earmarks", $"{Line.Earmarks}"));
        if (books.Standing.Of(Line) is { } before)
            return Decision.Refuse(
                SetStandingInstructionRefusal.AlreadySet, $"{before.Id} says already what is passed on of that money: end it first.", ("instruction", $"{before.Id}"));
        return FaultOfShares(books, award) ?? Decision.Accept(new Fact
        {
            StandingInstructionSet = new StandingInstructionSet
            {
                Award = award.Id.ToRef(),
                Kind = Line.Kind,
                Earmarks = { Line.Earmarks.Names },
                Shares = { Shares.Select(share => new StandingShare { Award = share.Award.ToRef(), PartsPerMillion = (uint)share.PartsPerMillion }) },
                // What it will pass on no person sees coming, so any amount may be above the one that the terms name.
                Waits = award.AllTerms.SecondApprovalAbovePence() is not null,
            },
        });
    }

    private Decision? FaultOfShares(Books books, FundingAward award)
    {
        foreach (var (id, _) in Shares)
        {
            if (books.Awards.Find(id) is not { } given)
                return Decision.Refuse(SetStandingInstructionRefusal.GivenAwardUnknown, $"{books.Body} knows no award {id} to pass money on under.", ("award", $"{id}"));
            if (given.Funder != books.Body)
                return Decision.Refuse(SetStandingInstructionRefusal.NotTheFunder, $"{id} is given by {given.Funder}; only it passes money on under it.", ("funder", given.Funder));
            if (given.State != AwardStage.Accepted)
                return Decision.Refuse(
                    SetStandingInstructionRefusal.GivenAwardNotAccepted, $"{given.Recipient} has not accepted {id}: it is {given.State.ToString().ToLowerInvariant()}.", ("award", $"{id}"));
            if (given.IsOver)
                return Decision.Refuse(SetStandingInstructionRefusal.GivenAwardOver, $"{id} is over: nothing more can be passed on under it.", ("award", $"{id}"));
            if (given.Terms.Fund != award.Terms.Fund)
                return Decision.Refuse(
                    SetStandingInstructionRefusal.OtherFund, $"{id} is of {given.Terms.Title}, and the money that comes under {award.Id} is of {award.Terms.Title}.", ("fund", given.Terms.Fund));
            if (!Promises(given))
                return Decision.Refuse(
                    SetStandingInstructionRefusal.NothingAlikePromised, $"{id} promises nothing of that kind and with those earmarks, so nothing could be passed on under it.",
                    ("award", $"{id}"));
        }
        return null;
    }

    private bool Promises(FundingAward award) => award.Promises.Any(promise => promise.Kind == Line.Kind && promise.Earmarks == Line.Earmarks);

    private static bool AreWellFormed(IReadOnlyList<StandingPart> shares) =>
        shares.Count is >= 1 and <= StandingInstruction.MostShares
        && shares.All(share => share.PartsPerMillion is >= 1 and <= StandingInstruction.Whole)
        && shares.Sum(share => (long)share.PartsPerMillion) <= StandingInstruction.Whole
        && shares.DistinctBy(share => share.Award).Count() == shares.Count;
}
