using System.CommandLine;
using FundingFlows.Allocations;
using FundingFlows.Contracts.Allocation.V1;
using Google.Protobuf;

namespace FundingFlows.Verifier;

/// <summary>Works a recorded run of a formula out again.</summary>
internal static class AllocationCommand
{
    private const int MostBytes = 1 << 25;

    private sealed record Asked(string Place, string Run, string Tables, VerifierKey[] Keys, string? Recipient);

    public static Command Create(Lines output)
    {
        var place = new Argument<string>("DIR-or-URL") { Description = "Where the journal of the body is that recorded the run." };
        var run = new Argument<string>("RUN") { Description = "The run, by its id: body.epoch.entry." };
        var tables = new Argument<string>("TABLES") { Description = "The file with its tables, as the body gives it: /v1/bodies/BODY/allocations/RUN/inputs" };
        var keys = VerifyCommand.Keys("--key", "The key with which the journal signs. May be given several times: any of them may have signed.");
        var recipient = new Option<string?>("--recipient") { Description = "Say why this recipient gets what it gets.", HelpName = "BODY" };
        var command = new Command("allocation", "Works a recorded run of a formula out again, from its tables.") { place, run, tables, keys, recipient };
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = new Asked(parsed.GetValue(place)!, parsed.GetValue(run)!, parsed.GetValue(tables)!, parsed.GetValue(keys)!, parsed.GetValue(recipient));
            return await RunAsync(asked, VerifyCommand.PatienceIn(parsed), output, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Asked asked, Patience patience, Lines output, CancellationToken cancellation)
    {
        if (!EntryId.TryParse(asked.Run, out var run))
            throw new UnreadableException($"{asked.Run} is no id of a run: it is written body.epoch.entry, such as E47000014.1.23.");
        var inputs = Read(await SingleFile.ReadAsync(asked.Tables, MostBytes, "file of tables", patience, cancellation), asked.Tables);
        using var sources = new JournalSources(patience);
        var journal = await ProvableJournal.OpenAsync(sources, asked.Place, cancellation);
        var parts = new List<Entry>();
        do
        {
            var proof = await journal.ProveAsync(run.Index + parts.Count, cancellation);
            if (EntryProof.FaultOf(proof, proof.Extra!, asked.Keys) is { } fault)
            {
                await output.WriteLineAsync(fault);
                return VerifyCommand.DoesNotHold;
            }
            parts.Add(Entry.Parser.ParseFrom(proof.Extra));
        }
        while (parts.Count < parts[0].Parts);

        var check = new AllocationCheck(run, journal.Checkpoint.Origin, parts);
        check.Run(inputs);
        foreach (var line in check.Result is { } result ? Said(asked, check, result) : check.Findings.Append($"The run {run} does not hold."))
            await output.WriteLineAsync(line);
        return check.Result is null ? VerifyCommand.DoesNotHold : VerifyCommand.Holds;
    }

    private static GetAllocationInputsResponse Read(byte[] file, string name)
    {
        try
        {
            return new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true)).Parse<GetAllocationInputsResponse>(
                StrictUtf8.Read(file) ?? throw new UnreadableException($"{name} is not written in UTF-8."));
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new UnreadableException($"{name} is no file of tables: {problem.Message}");
        }
    }

    private static IEnumerable<string> Said(Asked asked, AllocationCheck check, AllocationResult result)
    {
        var recipients = result.Inputs.Table.Recipients;
        if (asked.Recipient is { } wanted)
        {
            var place = Enumerable.Range(0, recipients.Count).Where(i => recipients[i].Id == wanted).Select(i => (int?)i).FirstOrDefault()
                ?? throw new UnreadableException($"{wanted} is not in the run.");
            var explainer = new Explainer(result);
            foreach (var sentence in result.Years.SelectMany(year => explainer.Explain(year, place).Sentences))
                yield return sentence;
        }
        yield return $"It holds: {Pence.InPounds(result.Inputs.Lines.Sum(line => line.AmountPence))} of {check.Recorded.Fund} is shared out by the formula {result.Inputs.Formula.Name}, "
            + $"and each of {recipients.Count} recipients gets the same pence again by the tables that were given.";
    }
}
