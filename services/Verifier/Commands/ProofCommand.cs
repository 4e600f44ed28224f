using System.CommandLine;
using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>Checks a proof file of one entry.</summary>
internal static class ProofCommand
{
    private const int MostBytes = 1 << 20;

    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "The proof: a C2SP tlog-proof that holds its entry." };
        var keys = VerifyCommand.Keys("--key", "The key with which the journal signs. May be given several times: the one of the checkpoint's journal counts.");
        var command = new Command("proof", "Checks a proof that an entry is in a journal: the file alone is enough.") { file, keys };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = await SingleFile.ReadTextAsync(parsed.GetValue(file)!, MostBytes, "proof of an entry", cancellation);
            var finding = FindingIn(text, parsed.GetValue(keys)!, out var holds);
            await output.WriteLineAsync(finding);
            return holds ? VerifyCommand.Holds : VerifyCommand.DoesNotHold;
        });
        return command;
    }

    private static string FindingIn(string text, VerifierKey[] keys, out bool holds)
    {
        holds = false;
        if (!TlogProof.TryParse(text, out var proof))
            return "It is no proof, or it is altered: it is not written as C2SP tlog-proof says.";
        if (proof.Extra is not { } bytes)
            return "The proof does not hold its entry, so that nothing can be said of it.";
        var origin = Checkpoint.Read(proof.Note)!.Origin;
        if (Given.For(origin, keys) is not [var first, ..] known)
            throw new UnreadableException($"The proof cannot be judged without the key of {origin}: the file holds none. Give it with --key.");
        if (proof.FaultOf(MerkleHash.Leaf(bytes), Given.Signer(proof.Note, known) ?? first) is { } fault)
            return fault;
        if (IndexOf(bytes) is not { } index || index != (ulong)proof.Index)
            return $"What stands at {proof.Index} in the journal {origin} is no entry with that index.";
        holds = true;
        return $"It holds: entry {proof.Index} of {origin} ({Entry.Parser.ParseFrom(bytes).Fact?.KindCase}) is in the journal of {Checkpoint.Read(proof.Note)!.Size} entries that is signed with the key that was given.";
    }

    private static ulong? IndexOf(byte[] entry)
    {
        try
        {
            return Entry.Parser.ParseFrom(entry).Index;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
