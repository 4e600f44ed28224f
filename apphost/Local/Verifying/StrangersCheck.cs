using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Journal;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>What the stand-alone verifier says of the journals that a run made.</summary>
/// <param name="Journals">How many there are.</param>
/// <param name="IsVerified">All of them hold, each signed with a key to which the root's leads.</param>
/// <param name="Said">What it says of all, or of those that do not hold.</param>
/// <param name="Traced">What it says of the way of a payment, which the auditor gave as a file.</param>
/// <param name="TraceHolds">That holds.</param>
/// <param name="Altered">What it says of a copy in which one byte of a payment is altered.</param>
/// <param name="Located">It names the payment's entry.</param>
/// <param name="Took">How long it took.</param>
public sealed record Verified(
    int Journals, bool IsVerified, IReadOnlyList<string> Said, string Traced, bool TraceHolds, string Altered, bool Located, TimeSpan Took)
{
    public bool Holds => IsVerified && TraceHolds && Located;
}

/// <summary>
/// Does what a stranger can do: fetches every journal in tiles from the gateway, checks them with the program <c>verify</c> from the root's key down,
/// and so the way of a payment, as the auditor gives it; and alters one byte in a copy, to see that it is found.
/// </summary>
internal sealed class StrangersCheck(FederationSetup federation, Uri page, ServiceFleet fleet, TimeProvider time)
{
    private const int FindingsShown = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string saved = Path.Combine(federation.Data, "saved");
    private readonly string copy = Path.Combine(federation.Data, "altered");

    /// <summary>Checks the journals of those bodies, and alters the entry that a payment is named by.</summary>
    public async Task<Verified> RunAsync(IReadOnlyList<AuditedBody> bodies, string payment, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var all = await FetchAsync([.. bodies.Select(body => $"{new Uri(page, $"journals/{body.Id}/{body.Epoch}/")}")], cancellation);
        var lines = all.Output.TrimEnd().Split('\n');
        var isVerified = all.Code == 0;
        var said = isVerified ? [lines[^1]] : lines.Where(line => !line.Contains(": holds. ", StringComparison.Ordinal)).Take(FindingsShown).ToList();
        if (!isVerified || !EntryId.TryParse(payment, out var entry))
            return new Verified(bodies.Count, isVerified, said, "", false, "", false, time.GetElapsedTime(started));
        var traced = await TraceAsync(payment, cancellation);
        var file = AlterCopy(entry);
        var altered = await VerifierRun.StartAsync(["journal", copy], cancellation);
        var finding = altered.Output.Split('\n')[0];
        return new Verified(
            bodies.Count, isVerified, said, traced.Output.TrimEnd().Split('\n')[^1], traced.Code == 0, finding, altered.Code == 1 && finding.Contains($": Entry {entry.Index} in {file} is altered", StringComparison.Ordinal), time.GetElapsedTime(started));
    }

    /// <summary>Reads again while an instance starts again, and is not there to be read from.</summary>
    private async Task<VerifierRun> FetchAsync(IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        for (var started = time.GetTimestamp(); ;)
        {
            var run = await VerifierRun.StartAsync(["journal", .. addresses, "--key", federation.TrustRoot, "--save", saved], cancellation);
            if (run.Code < VerifierRun.CannotBeRead)
                return run;
            fleet.CheckRunning();
            if (time.GetElapsedTime(started) > Patience)
                throw new LocalException($"The journals cannot be verified: {run.Errors.Trim()}");
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Keeps the way of a payment as a file, and has it checked.</summary>
    private async Task<VerifierRun> TraceAsync(string payment, CancellationToken cancellation)
    {
        var file = Path.Combine(federation.Data, $"{payment}.json");
        using var http = new HttpClient { BaseAddress = page, Timeout = Patience };
        for (var started = time.GetTimestamp(); ;)
        {
            try
            {
                await File.WriteAllBytesAsync(file, await http.GetByteArrayAsync(new Uri($"v1/audit/payments/{payment}/bundle", UriKind.Relative), cancellation), cancellation);
                return await VerifierRun.StartAsync(["trace", file, "--key", federation.TrustRoot], cancellation);
            }
            catch (HttpRequestException problem)
            {
                // The auditor may start again, and have to be told the newest checkpoints first.
                fleet.CheckRunning();
                if (time.GetElapsedTime(started) > Patience)
                    throw new LocalException($"The way of {payment} cannot be had: {problem.Message}");
            }
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>Copies a journal and flips a bit in the middle of an entry. Answers with the file that it stands in.</summary>
    private string AlterCopy(EntryId entry)
    {
        var from = Path.Combine(saved, entry.Body, $"{entry.Epoch}");
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, entry.Body, $"{entry.Epoch}", Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        var size = Checkpoint.Read(File.ReadAllText(Path.Combine(from, "checkpoint")))!.Size;
        var tile = TilePath.Of(null, entry.Index / TilePath.FullWidth, size)!.Value;
        var altered = Path.Combine(copy, entry.Body, $"{entry.Epoch}", tile.ToString());
        var bytes = File.ReadAllBytes(altered);
        var entries = EntryBundle.Read(bytes)!;
        var place = (int)(entry.Index % TilePath.FullWidth);
        bytes[EntryBundle.Of([.. entries.Take(place)]).Length + 2 + (entries[place].Length / 2)] ^= 1;
        File.WriteAllBytes(altered, bytes);
        return tile.ToString();
    }
}
