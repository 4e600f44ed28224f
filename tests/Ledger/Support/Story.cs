namespace FundingFlows.Ledger.Tests;

/// <summary>What bodies do between one another, told in one line: carried, answered and recorded.</summary>
internal static class Story
{
    /// <summary>Opens a fund with that split, and answers with its id.</summary>
    public static string Opens(this TestBody body, string name, params SplitShare[] split)
    {
        body.Do(Write.Fund(name, split, Write.LedByForums()));
        return $"{body.Id}.{name}";
    }

    /// <summary>Opens a fund for 2026-27 alone, and closes that year for good. Answers with the fund's id.</summary>
    public static string OpensOver(this TestBody body)
    {
        body.Do(Write.Fund("over", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2026, 2026) });
        ClosingTown.Closes(body);
        return $"{body.Id}.over";
    }

    /// <summary>Opens a fund whose money may be merged into those others, and answers with its id.</summary>
    public static string OpensPot(this TestBody body, string name, IReadOnlyList<string> mergeInto, params SplitShare[] split)
    {
        body.Do(Write.Fund(name, split, Write.LedByForums()) with { Rules = new FundRules(mergeInto) });
        return $"{body.Id}.{name}";
    }

    /// <summary>Opens a fund for anything whose terms take at least so many bytes and at most a hundred more.</summary>
    public static string OpensLong(this TestBody body, string name, int bytes, params IReadOnlyList<string> mergeInto)
    {
        var earmark = new Earmark { Name = Write.Led };
        var open = Write.Fund(name, [Write.Share(Kind.Revenue, 10_000)], earmark) with { Rules = new FundRules(mergeInto) };
        var room = bytes - body.Decide(open).Facts[0].FundOpened.Terms.CalculateSize();
        earmark.Categories.Add(Enumerable.Range(0, (room / 34) + 1).Select(i => $"category-{i:d23}"));
        body.Do(open);
        return $"{body.Id}.{name}";
    }

    /// <summary>Merges as much of a fund as fits in a step, and answers with the lots that it became.</summary>
    public static IReadOnlyList<Lot> Merges(this TestBody body, string from, string into, EntryId? award = null)
    {
        var first = body.Do(new MergePots(from, into, award, MergePots.MostLotsOfAStep));
        return [.. body.Books.Lots.All.Where(lot => lot.Id.Entry.Index >= first.Index)];
    }

    /// <summary>Issues money, and answers with the lots that it became.</summary>
    public static IReadOnlyList<Lot> Issues(this TestBody body, string fund, long pence)
    {
        var entry = body.Do(new IssueMoney(fund, body.Source(), pence));
        return [.. body.Books.Lots.All.Where(lot => lot.Id.Entry == entry)];
    }

    public static EntryId Agrees(this TestFederation federation, TestBody funder, TestBody recipient, AgreementBasis basis = AgreementBasis.Funding)
    {
        var agreement = funder.Do(new ProposeAgreement(recipient.Id, basis));
        federation.Settle();
        recipient.Do(new AcceptAgreement(agreement));
        federation.Settle();
        return agreement;
    }

    /// <summary>A council becomes accountable for a forum.</summary>
    public static EntryId Keeps(this TestFederation federation, TestBody agent, TestBody principal)
    {
        var custody = principal.Do(new ProposeCustody(agent.Id));
        federation.Settle();
        agent.Do(new AcceptCustody(custody));
        federation.Settle();
        return custody;
    }

    /// <summary>Offers an award along an agreement that there is; the recipient accepts it.</summary>
    public static EntryId Awards(this TestFederation federation, TestBody funder, TestBody recipient, string fund, params Promise[] promises)
    {
        var award = funder.Do(new OfferAward(recipient.Id, fund, promises));
        federation.Settle();
        recipient.Do(new AnswerAward(award, true));
        federation.Settle();
        return award;
    }

    /// <summary>Sends money against a promise of an award, and leaves it on its way.</summary>
    public static EntryId Sends(this TestBody funder, EntryId award, int promise, long pence) => funder.Do(funder.Release(award, promise, pence));

    /// <summary>The command that releases money against a promise.</summary>
    public static ReleaseFunds Release(this TestBody funder, EntryId award, int promise, long pence)
    {
        var promised = funder.Books.Awards.Find(award)!.Promises[promise];
        return new ReleaseFunds(award, promised.Year, promised.Kind, promised.Earmarks, pence);
    }

    /// <summary>Sends money, and sees it received and settled.</summary>
    public static EntryId Releases(this TestFederation federation, TestBody funder, EntryId award, int promise, long pence)
    {
        var transfer = funder.Sends(award, promise, pence);
        federation.Settle();
        return transfer;
    }

    /// <summary>Sends unspent money back, and sees it received and settled.</summary>
    public static EntryId Repays(this TestFederation federation, TestBody recipient, EntryId award, long pence)
    {
        var transfer = recipient.Do(new RepayUnderspend(award, null, pence));
        federation.Settle();
        return transfer;
    }

    /// <summary>A body refuses, as no honest one would, the money that is on its way to it; the sender hears of it.</summary>
    public static void Refuses(this TestFederation federation, TestBody receiver, TestBody sender, EntryId transfer)
    {
        var sequence = sender.Books.Transfers.Find(transfer)!.Sequence;
        receiver.Append(new Fact { TransferRefused = new TransferRefused { Delivery = sender.DeliveryTo(receiver.Id, sequence).ToRef(), Reason = DeliveryRefusal.Malformed } });
        federation.Answer(sender, receiver.Id, sequence);
    }

    /// <summary>What remains of each lot of a fund, in drawing order.</summary>
    public static IEnumerable<(LotId Lot, long Pence)> Held(this TestBody body, string fund) =>
        body.Books.Lots.Remaining(fund).Select(lot => (lot.Id, lot.RemainingPence));

    /// <summary>The pieces of a transfer as the journal holds them, over all its parts.</summary>
    public static IReadOnlyList<TransferPiece> PiecesOf(this TestBody body, EntryId transfer) =>
        [.. body.Facts(transfer).SelectMany(fact => fact.TransferSent.Pieces)];

    public static long Balance(this TestBody body, Account account) => body.Books.Accounts.Total[account];

    /// <summary>So much comes to a body from another funder that it can receive no more.</summary>
    public static void FillsUp(this TestFederation federation, TestBody body)
    {
        var lavish = federation.Add("lavish", Tier.CentralGovernment);
        var fund = lavish.Opens("full", Write.Share(Kind.Either, 10_000));
        var pence = Pence.Most - body.Balance(Account.Received);
        lavish.Issues(fund, pence);
        federation.Agrees(lavish, body);
        federation.Releases(lavish, federation.Awards(lavish, body, fund, Write.Promise(2026, Kind.Either, pence)), 0, pence);
    }
}
