using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>
/// Knows all that is durable anywhere, and judges: after every append the invariants of money, and of every message whether what it says was durable
/// before it left.
/// </summary>
internal sealed class Oracle
{
    private const int StepsBetweenAll = 100;
    public const string Deliver = "/fundingflows.peer.v1.PeerService/Deliver";
    private const string Follow = "/fundingflows.journal.v1.JournalService/FollowJournal";
    private const string Read = "/fundingflows.journal.v1.JournalService/ReadJournal";
    private readonly Town town;
    private readonly List<Breach> breaches = [];
    private readonly List<(string Body, long Index, byte[] LeafHash)> acknowledged = [];
    private long steps;

    public Oracle(Town town)
    {
        this.town = town;
        foreach (var place in town.Places.Values.Where(place => !place.IsAudit))
            foreach (var body in place.Bodies)
            {
                var observed = new Observed(body);
                if (place.Disk.Journals.TryGetValue(new JournalKey(body, 1), out var stored))
                    stored.Entries.ForEach(entry => observed.Take(StoredJournal.BytesOf(entry)));
                Bodies.Add(body, observed);
            }
    }

    public Dictionary<string, Observed> Bodies { get; } = [];

    /// <summary>What is wrong. Empty: nothing.</summary>
    public IReadOnlyList<Breach> Breaches => breaches;

    public void Breach(Check check, string sentence) => Breach(new Breach(check, sentence));

    public void Breach(Breach breach)
    {
        town.History.Add($"BREACH of {breach.Check}: {breach}");
        breaches.Add(breach);
    }

    /// <summary>Entries have become durable on the disk of an instance.</summary>
    public void Stored(Place place, JournalAppend append)
    {
        town.History.Count(append.Root);
        if (place.IsAudit)
        {
            Copied(append);
            return;
        }
        var observed = Bodies[append.Lease.Journal.Body];
        for (var i = 0; i < append.Entries.Count; i++)
            Stored(observed, append.ExpectedIndex + i, StoredJournal.BytesOf(append.Entries[i]));
        if (observed.Behind() is { } left)
            Breach(Check.SharesOnce, left);
        if (!observed.Tree.Root(append.ExpectedIndex + append.Entries.Count).AsSpan().SequenceEqual(append.Root))
            Breach(Check.EntriesFit, $"{observed.Body} stored a root with its entries that is not theirs.");
        FindAround(observed, append.ExpectedIndex);
    }

    /// <summary>A request leaves an instance: all that it says of journals must be durable.</summary>
    public void Asks(string method, byte[] request)
    {
        if (method == Deliver)
            Carried(DeliverRequest.Parser.ParseFrom(request).Signed);
    }

    /// <summary>An answer, or a part of one, leaves an instance: the same.</summary>
    public void Answers(Place place, string method, byte[] request, byte[] response)
    {
        if (method == Deliver)
            Carried(DeliverResponse.Parser.ParseFrom(response).Signed);
        else if (method == Follow)
            Shown(place, FollowJournalRequest.Parser.ParseFrom(request).Body, FollowJournalResponse.Parser.ParseFrom(response).Page);
        else if (method == Read)
            Shown(place, ReadJournalRequest.Parser.ParseFrom(request).Body, ReadJournalResponse.Parser.ParseFrom(response).Page);
    }

    /// <summary>An event leaves an instance.</summary>
    public void Told(Place place, JournalMoved news)
    {
        if (news.LastIndex >= Bodies[news.Body].Entries.Count)
            Breach(Check.OnlyDurableIsTold, $"{place.Name} published that {news.Body} has entry {news.LastIndex}, which is not durable.");
    }

    /// <summary>Somebody was told that their command was recorded.</summary>
    public void WasAcknowledged(string body, Outcome outcome)
    {
        acknowledged.Add((body, outcome.First.Index, outcome.LeafHash));
        CheckAcknowledged(acknowledged[^1]);
    }

    /// <summary>Checks everything, over all bodies together.</summary>
    public void CheckAll()
    {
        Find(Bodies.Values.Select(one => one.Books));
        acknowledged.ForEach(CheckAcknowledged);
    }

    private void Stored(Observed observed, long index, byte[] bytes)
    {
        if (index < observed.Entries.Count)
        {
            if (!observed.Has((ulong)index, bytes))
                Breach(Check.NoFork, $"{observed.Body} forked silently: it stored another entry {index} than the one that it had stored and others had seen.");
            return;
        }
        try
        {
            if (observed.Take(bytes) is { } problem)
                Breach(problem);
        }
        catch (Exception problem)
        {
            Breach(Check.EntriesFit, $"Entry {index} of {observed.Body} breaks its books: {problem.Message}");
        }
        Count(observed.Parsed[^1]);
        if (town.History.IsKept)
            town.History.Add($"{observed.Body} records {index}: {observed.Parsed[^1].Fact}");
    }

    private void Count(Entry entry)
    {
        Strike? strike = entry.Fact.KindCase switch
        {
            Fact.KindOneofCase.TransferReversed => Strike.TransfersReversed,
            Fact.KindOneofCase.StandingInstructionSet => Strike.InstructionsSet,
            Fact.KindOneofCase.StandingInstructionStopped => Strike.InstructionsStopped,
            Fact.KindOneofCase.TransferSent when entry.Fact.TransferSent.PassedOn is not null => Strike.SharesPassedOn,
            Fact.KindOneofCase.AwardAmended => Strike.AwardsAmended,
            Fact.KindOneofCase.AwardAmendmentLapsed => Strike.AmendmentsLapsed,
            Fact.KindOneofCase.KeyAdopted => Strike.KeysTaken,
            Fact.KindOneofCase.EpochBegun => Strike.EpochsBegun,
            _ => null,
        };
        if (strike is { } happened && entry.Part <= 1)
            town.Struck.Count(happened);
    }

    /// <summary>An auditor keeps only what is durable where it comes from.</summary>
    private void Copied(JournalAppend append)
    {
        for (var i = 0; i < append.Entries.Count; i++)
            if (!Bodies[append.Lease.Journal.Body].Has((ulong)(append.ExpectedIndex + i), append.Entries[i].Bytes.Span))
                Breach(Check.AuditorHolds, $"The auditor keeps an entry {append.ExpectedIndex + i} of {append.Lease.Journal.Body} that is not durable there.");
    }

    private void Carried(SignedMessage signed)
    {
        var courier = CourierMessage.Parser.ParseFrom(signed.Message);
        foreach (var bytes in (courier.Deliveries?.Deliveries.SelectMany(delivery => delivery.Entries) ?? []).Concat(courier.Receipts?.Receipts.SelectMany(receipt => receipt.Entries) ?? []))
            if (Entry.Parser.ParseFrom(bytes) is var entry && !Bodies[courier.Sender].Has(entry.Index, bytes.Span))
                Breach(Check.OnlyDurableIsTold, $"{courier.Sender} told {courier.Receiver} of an entry {entry.Index} that is not durable: {entry.Fact}");
    }

    private void Shown(Place place, string body, JournalPage? page)
    {
        if (page is null)
            return;
        for (var i = 0; i < page.Entries.Count; i++)
            if (!Bodies[body].Has(page.FirstIndex + (ulong)i, page.Entries[i].Span))
                Breach(Check.OnlyDurableIsTold, $"{place.Name} shows an entry {page.FirstIndex + (ulong)i} of {body} that is not durable.");
        if (page.Checkpoint.Length > 0 && Checkpoint.Read(page.Checkpoint)!.Size > Bodies[body].Entries.Count)
            Breach(Check.OnlyDurableIsTold, $"{body} signed a checkpoint of more entries than are durable.");
    }

    /// <summary>The invariants of whoever moved, together with those whom it moved with: all five, as they are checked anywhere else.</summary>
    private void FindAround(Observed observed, long from)
    {
        var others = observed.Parsed.Skip((int)from).Select(entry => Counterpart(entry.Fact)).OfType<string>().Distinct().Where(Bodies.ContainsKey);
        Find(++steps % StepsBetweenAll == 0 ? Bodies.Values.Select(one => one.Books) : others.Where(other => other != observed.Body).Select(other => Bodies[other].Books).Prepend(observed.Books));
    }

    private static string? Counterpart(Fact fact) =>
        DeliveredFacts.AddressOf(fact)?.Body ?? DeliveredFacts.AnsweredBy(fact)?.Entry.Body ?? DeliveredFacts.AnswerIn(fact)?.Entry.Body;

    private void Find(IEnumerable<Books> books)
    {
        foreach (var result in new FundingFlows.Ledger.Federation(books.Where(one => one.Genesis is not null)).Check())
            foreach (var finding in result.Findings)
                Breach(Enum.Parse<Check>($"{result.Invariant}"), $"{result.Invariant}: {finding}");
    }

    private void CheckAcknowledged((string Body, long Index, byte[] LeafHash) one)
    {
        if (one.Index >= Bodies[one.Body].Entries.Count || !MerkleHash.Leaf(Bodies[one.Body].Entries[(int)one.Index]).AsSpan().SequenceEqual(one.LeafHash))
            Breach(Check.AcknowledgedStays, $"{one.Body} acknowledged a command as entry {one.Index}, which is not durable.");
    }
}
