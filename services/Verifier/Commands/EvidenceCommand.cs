using System.CommandLine;

namespace FundingFlows.Verifier;

/// <summary>Checks a file that is said to prove that a body told two histories.</summary>
internal static class EvidenceCommand
{
    private const int MostBytes = 1 << 20;

    public static Command Create(Lines output)
    {
        var file = new Argument<string>("FILE") { Description = "The evidence, as auditors and witnesses give it: /v1/audit/bodies/BODY/evidence" };
        var keys = VerifyCommand.Keys("--key", "A key that is known to be the body's. May be given several times, for a body that took a new one.");
        var command = new Command("evidence", "Checks the proof that a body told two histories: the file alone is enough.") { file, keys };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bytes = await SingleFile.ReadAsync(parsed.GetValue(file)!, MostBytes, "evidence", VerifyCommand.PatienceIn(parsed), cancellation);
            if (StrictUtf8.Read(bytes) is not { } text || !ForkEvidence.TryParse(text, out var evidence))
            {
                await output.WriteLineAsync("It is no evidence, or it is altered: it is not written as one is (fundingflows-evidence/v1).");
                return VerifyCommand.DoesNotHold;
            }
            var fault = evidence.Fault() ?? FaultOfKeys(evidence, parsed.GetValue(keys)!);
            await output.WriteLineAsync(fault ?? $"It proves it: {evidence.Sentence()} Both checkpoints are signed with {(parsed.GetValue(keys)!.Length > 0
                ? "a key that was given." : "the key that the file itself gives: whose it is must be known from elsewhere (--key).")}");
            return fault is null ? VerifyCommand.Holds : VerifyCommand.DoesNotHold;
        });
        return command;
    }

    /// <summary>Both are signed, each with the key beside it. That those are the body's, the file cannot show.</summary>
    private static string? FaultOfKeys(ForkEvidence evidence, VerifierKey[] keys)
    {
        var given = keys.Select(key => key.ToString()).ToHashSet();
        var other = new[] { evidence.Earlier, evidence.Later }.FirstOrDefault(one => keys.Length > 0 && !given.Contains(one.Key.ToString()));
        return other is null ? null : $"It proves nothing to whoever trusts only what was given: a checkpoint is signed with another key, {other.Key}.";
    }
}
