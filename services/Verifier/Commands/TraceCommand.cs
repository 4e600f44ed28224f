using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks the file that shows the whole way of a payment.</summary>
internal static class TraceCommand
{
    private const int MostBytes = 1 << 29;

    public static Command Create(Lines output)
    {
        var file = new Argument<string>("BUNDLE") { Description = "The file, as the auditor gives it: /v1/audit/payments/PAYMENT/bundle" };
        var keys = VerifyCommand.Keys("--key", "The key of a journal that is known from elsewhere, usually that of the federation's root. May be given several times.");
        var witnesses = VerifyCommand.WitnessKeys("--witness", "The key of a witness: say of each checkpoint whether it is cosigned, and when. May be given several times.");
        var command = new Command("trace", "Checks the way of a payment from its sources: the file alone is enough.") { file, keys, witnesses };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bytes = await SingleFile.ReadAsync(parsed.GetValue(file)!, MostBytes, "trace", VerifyCommand.PatienceIn(parsed), cancellation);
            return await RunAsync(bytes, parsed.GetValue(keys)!, parsed.GetValue(witnesses)!, output);
        });
        return command;
    }

    private static async Task<int> RunAsync(byte[] bytes, VerifierKey[] keys, CosignerKey[] witnesses, Lines output)
    {
        if (!TraceBundle.TryParse(bytes, out var bundle) || !EntryId.TryParse(bundle.Payment, out var payment))
        {
            await output.WriteLineAsync("It is no trace, or it is altered: it is not written as one is.");
            return VerifyCommand.DoesNotHold;
        }
        var check = new BundleCheck(bundle, keys);
        check.Run();
        var cosigned = check.Journals.ToDictionary(journal => journal, journal => WitnessCheck.Run(journal.Note, witnesses, journal.Find));
        var way = new WayCheck(payment, check.Entries);
        way.Run();
        List<string> findings = [.. check.Findings, .. way.Findings];
        foreach (var line in findings.Count > 0 ? findings : Said(way, cosigned))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(findings.Count > 0 ? $"The trace of {payment} does not hold."
            : $"It holds: {Pence.InPounds(way.Made!.AmountPence)} paid by {way.PaidBy ?? payment.Body}, entry {payment}, came from where it says. {bundle.Entries.Count} entries of {check.Journals.Count} journals.");
        return findings.Count > 0 ? VerifyCommand.DoesNotHold : VerifyCommand.Holds;
    }

    private static IEnumerable<string> Said(WayCheck way, IReadOnlyDictionary<CheckedJournal, string> cosigned)
    {
        foreach (var one in way.Ways)
            yield return $"{Pence.InPounds(one.AmountPence)} of {one.Source.Reference} ({one.IssuedBy}): {string.Join(", ", one.Steps)}.";
        foreach (var (journal, by) in cosigned.OrderBy(one => one.Key.Name, StringComparer.Ordinal))
            yield return $"{journal.Name}: {journal.Checkpoint!.Size} entries, {journal.Trust}{by}.";
    }
}
