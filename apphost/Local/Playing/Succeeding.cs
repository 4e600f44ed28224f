using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Ledger;
using Google.Type;
using Payment = FundingFlows.Contracts.Payments.V1.Payment;
using PlannedUse = FundingFlows.Contracts.Reservations.V1.PlannedUse;

namespace FundingFlows.Local;

/// <summary>
/// A council is abolished, and its books go to its successors by the people who live there, while money is on its way to it. The
/// auditor sees that nothing is lost.
/// </summary>
/// <param name="year">The financial year in which it is: one that is not closed.</param>
internal sealed class Succeeding(Topology topology, Office office, int year = PlaceFund.Year)
{
    public const string Name = "reorganisation-fund";
    private const long PaidPence = 5_000_00, OwedPence = 1_250_00;
    /// <summary>More than a portion and what comes of it.</summary>
    private const int MostEntries = 1_000;
    private static readonly string[] NotYet = ["HAND_OVER_NO_SUCCESSORS", "HAND_OVER_WAITING"];
    private static readonly PromisedLine Before = new(Kind.Revenue), After = new(Kind.Capital);

    private static readonly Dictionary<PromisedLine, long> Promises = new() { [Before] = 35_000_01, [After] = 24_999_99 };
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    /// <summary>Null: no body of the topology is abolished.</summary>
    public async Task<Abolition?> PlayAsync(CancellationToken cancellation)
    {
        if (topology.Bodies.FirstOrDefault(body => body.SucceededBy.Count > 0 && body.SucceededBy.All(id => topology.Bodies.Any(one => one.Id == id))) is not { } predecessor)
            return null;
        await funding.IssueAsync(SampleFunds.Reorganisation(Root, office), $"issue {Name}", SourceKind.ParliamentaryVote, "reorganisation-illustration", Promises.Values.Sum(), cancellation);
        await funding.AgreeAsync(Root, predecessor.Id, cancellation);
        var award = await funding.AwardAsync(new Offer(Root, predecessor.Id, $"{Root}.{Name}", Promises, Name, year), cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(Root, award, Before, Promises[Before], cancellation, year), cancellation);
        var bill = new Bill(
            "minibus", $"{Root}.{Name}", Kind.Revenue, "youth-work", PlaceFund.PlaceOf(predecessor), SampleBills.PayeeOf("GB-CHC", topology, predecessor), null, PaidPence);
        var paid = (await new Approving(topology, office).PayAsync(predecessor.Id, [bill], cancellation, year))[0];
        var owed = await OweAsync(predecessor.Id, bill, paid.Project, cancellation);
        await OrderAsync(predecessor, cancellation);
        // Nobody has told the centre yet that the council has ended: what it sends now arrives there when others stand in its place.
        var coming = await funding.ReleaseAsync(Root, award, After, Promises[After], cancellation, year);
        await funding.ArriveAsync(coming, cancellation);
        await HandOverAsync(predecessor.Id, cancellation);
        var abolition = await AuditAsync(predecessor, cancellation);
        await GoOnAsync(Shares(predecessor).MaxBy(one => one.BasisPoints)!.Body, bill, paid, owed, cancellation);
        return abolition;
    }

    private Task OrderAsync(TopologyBody predecessor, CancellationToken cancellation)
    {
        var request = new OrderSuccessionRequest
        {
            Body = Root,
            CommandId = office.CommandId($"abolish {predecessor.Id}"),
            Predecessor = predecessor.Id,
            VestingDay = new Date { Year = year + 1, Month = 4, Day = 1 },
        };
        request.Successors.AddRange(Shares(predecessor));
        return office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Registrations.OrderSuccessionAsync(request, options), cancellation);
    }

    /// <summary>By the people who live there; where that is not known of all, in equal parts.</summary>
    private IReadOnlyList<Contracts.Journal.V1.Successor> Shares(TopologyBody predecessor)
    {
        var people = predecessor.SucceededBy.Select(body => topology.Body(body).Population ?? 0).ToList();
        var shares = Apportionment.Split(Succession.WholeInBasisPoints, [.. people.Select(some => people.Contains(0) ? 1 : some)]);
        return [.. predecessor.SucceededBy.Zip(shares).Select(one => new Contracts.Journal.V1.Successor { Body = one.First, BasisPoints = (uint)one.Second })];
    }

    /// <summary>Something that came before the last day and is not paid for.</summary>
    private async Task<string> OweAsync(string body, Bill bill, string project, CancellationToken cancellation)
    {
        var owed = await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Reservations.RecordLiabilityAsync(
                new RecordLiabilityRequest
                {
                    Body = body,
                    CommandId = office.CommandId($"owe {body}"),
                    Use = new PlannedUse
                    {
                        Fund = bill.Fund,
                        Project = project,
                        FinancialYear = year,
                        Kind = bill.Kind,
                        Category = bill.Category,
                        Place = bill.Place,
                        Supplier = bill.Organisation,
                    },
                    ReceivedOn = new Date { Year = year + 1, Month = 3, Day = 24 },
                    Evidence = "Illustration: an invented delivery note.",
                    AmountPence = OwedPence,
                },
                options),
            cancellation);
        return owed.Liability.Id;
    }

    /// <summary>Who has the project pays what was owed for it, and takes back some of what was paid before.</summary>
    private async Task GoOnAsync(string body, Bill bill, Payment paid, string owed, CancellationToken cancellation)
    {
        var request = (bill with { Step = "minibus-rest", AmountPence = OwedPence }).Request(body, office.CommandId($"settle {owed}"), paid.Project, year);
        request.OutOf = owed;
        await office.AskAsync(body, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(request, options), cancellation);
        await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Payments.RefundPaymentAsync(
                new RefundPaymentRequest { Body = body, CommandId = office.CommandId($"refund {paid.Id}"), Payment = paid.Id, AmountPence = SampleBills.RefundPence, Narrative = "Illustration: two seats were missing." },
                options),
            cancellation);
    }

    /// <summary>Portion by portion, until the body asks to be closed. Each waits for what became of the one before, so that who answers first changes nothing.</summary>
    private async Task HandOverAsync(string body, CancellationToken cancellation)
    {
        for (var portion = 1; ; portion++)
        {
            var request = new HandOverRequest { Body = body, CommandId = office.CommandId($"hand over {body} {portion}") };
            var handed = await office.AskOnceItMayBeAsync(
                body, OfficerRoles.ChiefFinanceOfficer, NotYet, options => office.Registrations.HandOverAsync(request, options), cancellation);
            if (handed.Finished)
                return;
            var from = handed.Recorded.Reference.Index;
            await office.UntilAsync(
                body, options => office.Journals.ReadJournalAsync(new ReadJournalRequest { Body = body, FromIndex = from, PageSize = MostEntries }, options),
                found => IsAnswered(found.Page), $"That portion {portion} of {body} is answered", cancellation);
        }
    }

    /// <summary>Whether all that was sent in a stretch of a journal is answered there.</summary>
    private static bool IsAnswered(JournalPage page)
    {
        var facts = page.Entries.Select(entry => Entry.Parser.ParseFrom(entry).Fact).ToList();
        var answered = facts.Select(fact => fact.DeliverySettled?.Delivery ?? AddressIn(fact.TransferSettled?.Transfer)).OfType<Addressed>().ToHashSet();
        return facts.Select(DeliveredFacts.AddressOf).OfType<Addressed>().All(answered.Contains);

        Addressed? AddressIn(EntryRef? sent) => sent is null || sent.Index < page.FirstIndex ? null : DeliveredFacts.AddressOf(facts[(int)(sent.Index - page.FirstIndex)]);
    }

    private async Task<Abolition> AuditAsync(TopologyBody predecessor, CancellationToken cancellation)
    {
        // Until the auditor has seen all of it: the old body's end may come to it before what the successors have recorded.
        var found = await office.UntilAsync(
            "", options => office.Audit.GetSuccessionAsync(new GetSuccessionRequest { Body = predecessor.Id }, options), found => found.Complete,
            $"That all of {predecessor.Name} has arrived", cancellation);
        if (!found.Holds || found.ReceivedPence != found.HeldPence + found.ArrivedPence)
            throw new LocalException(
                $"Of the {Pence.InPounds(found.HeldPence + found.ArrivedPence)} of {predecessor.Name} its successors received {Pence.InPounds(found.ReceivedPence)}. {found.Findings.FirstOrDefault()}");
        return new Abolition(predecessor.Name, found.HeldPence, found.ArrivedPence, [.. found.Successors.Select(one => (one.OfficialName, one.ReceivedPence))]);
    }
}
