using CsCheck;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Random small histories by the real rules.</summary>
internal static class RandomHistory
{
    internal enum Deed
    {
        Issue,
        Release,
        Repay,
        Pay,
        Refund,
        Carry,
        Deliver,
        Refuse,
        Report,
        Merge,
    }

    /// <summary>A fund that the other's money may be merged into.</summary>
    private const string Pooled = $"{Central}.pooled";

    private static readonly (string Funder, string Recipient)[] Pairs = [(Central, Region), (Region, Council), (Council, Forum), (Central, Council)];

    public static readonly Gen<(Deed Deed, int Which, int Much)[]> Any = Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 3], Gen.Int[1, 5_000]).Array[20, 60];

    /// <summary>So many entries, and the rest of the last command among them: nobody signs half a command.</summary>
    public static long Whole(ForgedJournal journal, long size)
    {
        while (size > 0 && size < journal.Size && journal.EntryAt(size - 1) is var last && last.Part != last.Parts)
            size++;
        return size;
    }

    public static void Play(ForgedFederation federation, (Deed Deed, int Which, int Much)[] history)
    {
        federation.OpenFund(mergeInto: Pooled);
        federation.OpenFund("pooled");
        var awards = new List<EntryId>();
        foreach (var (funder, recipient) in Pairs)
        {
            federation.Agree(funder, recipient);
            awards.Add(federation.Award(funder, recipient, Kind.Either, 1_000_00, ForForums));
        }
        foreach (var (deed, which, much) in history)
        {
            try
            {
                Do(federation, awards, deed, which, much);
            }
            catch (InvalidOperationException)
            {
                // Refused by the rules, as many random wishes are: nothing was written.
            }
        }
    }

    private static void Do(ForgedFederation federation, List<EntryId> awards, Deed deed, int which, int much)
    {
        var (funder, recipient) = Pairs[which];
        switch (deed)
        {
            case Deed.Issue:
                federation.Issue(much * 100, $"estimate-{which}");
                break;
            case Deed.Release:
                federation.Release(awards[which], Kind.Either, much, ForForums);
                break;
            case Deed.Repay:
                federation.Repay(recipient, awards[which], 1 + (much / 10));
                break;
            case Deed.Pay:
                federation.Pay(which == 0 ? Central : Forum, which == 0 ? Kind.Capital : Kind.Revenue, much / (which + 1) + 1);
                break;
            case Deed.Refund:
                var payments = federation[which == 0 ? Central : Forum].Books.Payments.All;
                if (payments.Count > 0)
                    federation[payments[0].Id.Body].Do(new RefundPayment(payments[much % payments.Count].Id, null, 1 + (much / 10)));
                break;
            case Deed.Carry:
                federation.Carry();
                break;
            case Deed.Deliver:
                // Half of the time the sender does not hear how it was answered.
                if (much % 2 == 0)
                    federation.Carry(funder, recipient);
                else
                    federation.Deliver(funder, recipient);
                break;
            case Deed.Refuse:
                if (federation[funder].Books.Transfers.Sent.FirstOrDefault(sent => sent.State == TransferStage.InTransit && sent.Receiver == recipient) is { } transfer
                    && federation[funder].Books.Deliveries.Unanswered(recipient).Keys.First() == transfer.Sequence
                    && federation[recipient].Books.Deliveries.ExpectedSequence(funder, 1) == transfer.Sequence)
                    federation.Refuse(transfer.Id);
                break;
            case Deed.Merge:
                federation[Central].Do(which % 2 == 0 ? new MergePots(FundId, Pooled, null, which + 1) : new MergePots(Pooled, FundId, null, which + 1));
                break;
            default:
                federation[recipient].Do(new SubmitReport(FundId, funder));
                break;
        }
    }
}
