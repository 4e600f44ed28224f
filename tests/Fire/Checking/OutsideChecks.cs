using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>Everything that is looked at, from outside, once all is settled.</summary>
internal sealed class OutsideChecks(
    Topology topology, FederationSetup federation, Office office, Desk desk, SettlingDown settling, PortPlan ports, Beginning beginning, IReadOnlyList<Breakage> breaks)
{
    private const int AtOnce = 16;

    /// <summary>Transfers that bodies made by themselves.</summary>
    public int PassedOn { get; private set; }

    /// <summary>Transfers that came back.</summary>
    public int Reversed { get; private set; }

    /// <summary>What is wrong, a sentence each.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync(IReadOnlyList<Acknowledged> acknowledged, CancellationToken cancellation)
    {
        var findings = new List<string>();
        findings.AddRange(desk.Waiting.Select(one => $"{one.Deed} has no final answer; the last was {one.Last}"));
        findings.AddRange(desk.Strange.Select(one => $"{one.Deed} was answered with what nothing should surface as: {one.Answer}"));
        var journals = await ReadAsync(cancellation);
        findings.AddRange(journals.Zip(settling.Journals).SelectMany(pair => Changed(pair.Second, pair.First)));
        findings.AddRange(new ExactlyOnce(journals).Findings(acknowledged, desk.Refused));
        findings.AddRange(new Commanded(acknowledged.Select(one => one.Deed), desk.Refused.Select(one => one.Deed).Concat(desk.Waiting.Select(one => one.Deed)), office.CommandIds).Findings(journals));
        findings.AddRange(Moved(journals));
        findings.AddRange(await RepeatAsync(acknowledged, cancellation));
        findings.AddRange((await AuditorsView.ReadAsync(office, cancellation)).Findings(journals));
        findings.AddRange(ToThePenny.Findings(journals, await settling.BodiesAsync(cancellation)));
        findings.AddRange(await VerifyAsync(journals, cancellation));
        return findings;
    }

    /// <summary>All journals afresh, from their first entries.</summary>
    private Task<IReadOnlyList<JournalCopy>> ReadAsync(CancellationToken cancellation) => Chapters.AllAsync(
        topology.Bodies,
        async (body, stop) =>
        {
            var copy = new JournalCopy(body.Id);
            await copy.ReadOnAsync(office, stop);
            return copy;
        },
        cancellation);

    /// <summary>What was shown once is shown for ever.</summary>
    private static IEnumerable<string> Changed(JournalCopy before, JournalCopy now)
    {
        var same = before.Entries.Zip(now.Entries).TakeWhile(pair => pair.First.Leaf.Equals(pair.Second.Leaf)).Count();
        if (same < before.Entries.Count)
            yield return $"{before.Body} had shown {before.Entries.Count} entries, and entry {same} is not what it was.";
    }

    /// <summary>How money went from body to body; and that there was something of each kind to look at.</summary>
    private List<string> Moved(IReadOnlyList<JournalCopy> journals)
    {
        var arrivals = new Arrivals(journals);
        var passing = journals.Select(journal => new PassedOnMoney(journal)).ToList();
        List<string> findings = [.. arrivals.Findings(), .. passing.SelectMany(one => one.Findings())];
        (PassedOn, Reversed) = (passing.Sum(one => one.Transfers), arrivals.Reversed);
        if (PassedOn == 0 && beginning.Instructions.Count > 0)
            findings.Add("Nothing was passed on by a standing instruction.");
        if (Reversed == 0 && beginning.Full is { } full)
            findings.Add($"Nothing that was sent to {full}, which is full, came back.");
        return findings;
    }

    /// <summary>Every accepted command again: it must get the same answer.</summary>
    private async Task<IEnumerable<string>> RepeatAsync(IReadOnlyList<Acknowledged> acknowledged, CancellationToken cancellation)
    {
        var findings = new string?[acknowledged.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, acknowledged.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (place, stop) =>
            findings[place] = await RepeatAsync(acknowledged[place], stop));
        return findings.OfType<string>();
    }

    private async Task<string?> RepeatAsync(Acknowledged command, CancellationToken cancellation)
    {
        try
        {
            IMessage answer = await desk.SendAsync(command.Deed, (_, _) => { }, cancellation);
            var again = Acknowledged.RecordedIn(answer);
            return again.Equals(command.Recorded) ? null : $"{command.Deed} was accepted as {command.Recorded}, and a repeat of it is answered with {again}.";
        }
        catch (RpcException problem)
        {
            return $"{command.Deed} was accepted as {command.Recorded.Entry}, and a repeat of it is refused: {problem.Status.Detail}";
        }
    }

    /// <summary>What the program of its own says that anyone can check journals with.</summary>
    private async Task<IEnumerable<string>> VerifyAsync(IReadOnlyList<JournalCopy> journals, CancellationToken cancellation)
    {
        var addresses = journals.Select(journal => $"http://127.0.0.1:{ports.Gateway.Http}/journals/{journal.Body}/{journal.Entries[0].Entry.Fact.Genesis.Epoch}/");
        var run = await VerifierRun.StartAsync(
            breaks.Contains(Breakage.IdleVerifier) ? ["--version"] : ["journal", .. addresses, "--key", federation.TrustRoot, "--save", Path.Combine(federation.Data, "saved")], cancellation);
        return VerifiersWord.Findings(run.Code, run.Output + run.Errors, journals.Count);
    }
}
