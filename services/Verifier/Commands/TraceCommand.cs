using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks the file that shows the whole way of a payment.</summary>
internal static class TraceCommand
{
    private const int MostBytes = 1 << 29;

    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("BUNDLE") { Description = "The file, as the auditor gives it: /v1/audit/payments/PAYMENT/bundle" };
        var keys = VerifyCommand.Keys("--key", "The key of a journal that is known from elsewhere, usually that of the federation's root. May be given several times.");
        var command = new Command("trace", "Checks the way of a payment from its sources: the file alone is enough.") { file, keys };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bytes = await SingleFile.ReadAsync(parsed.GetValue(file)!, MostBytes, "trace", cancellation);
            return await RunAsync(bytes, parsed.GetValue(keys)!, output);
        });
        return command;
    }

    private static async Task<int> RunAsync(byte[] bytes, VerifierKey[] keys, TextWriter output)
    {
        if (!TraceBundle.TryParse(bytes, out var bundle) || !EntryId.TryParse(bundle.Payment, out var payment))
        {
            await output.WriteLineAsync("It is no trace, or it is altered: it is not written as one is.");
            return VerifyCommand.DoesNotHold;
        }
        var check = new BundleCheck(bundle, keys);
        check.Run();
        var way = new WayCheck(payment, check.Entries);
        way.Run();
        List<string> findings = [.. check.Findings, .. way.Findings];
        foreach (var line in findings.Count > 0 ? findings : Said(way, check))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(findings.Count > 0 ? $"The trace of {payment} does not hold."
            : $"It holds: {Pence.InPounds(way.Made!.AmountPence)} paid by {way.PaidBy ?? payment.Body}, entry {payment}, came from where it says. {bundle.Entries.Count} entries of {check.Journals.Count} journals.");
        return findings.Count > 0 ? VerifyCommand.DoesNotHold : VerifyCommand.Holds;
    }

    private static IEnumerable<string> Said(WayCheck way, BundleCheck check)
    {
        foreach (var one in way.Ways)
            yield return $"{Pence.InPounds(one.AmountPence)} of {one.Source.Reference} ({one.IssuedBy}): {string.Join(", ", one.Steps)}.";
        foreach (var journal in check.Journals.OrderBy(journal => journal.Name, StringComparer.Ordinal))
            yield return $"{journal.Name}: {journal.Checkpoint!.Size} entries, {journal.Trust}.";
    }
}
