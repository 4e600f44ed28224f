using System.Security.Cryptography;

namespace FundingFlows.Simulation;

/// <summary>Gives commands to bodies, as people do: through a front door that may be shut, with answers that may be lost, and then again with the same id.</summary>
internal sealed class Officer(Town town, Random random)
{
    private const int MostAttempts = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string Actor = new('a', 64);

    /// <summary>How many are waited for.</summary>
    public int Open { get; private set; }

    /// <summary>Has a body do something, and tries again while nobody answers. Answers with the outcome. Null: nobody ever answered.</summary>
    public async Task<Outcome?> DoAsync(string body, ICommand command)
    {
        Open++;
        command = town.Bugs.Command(command);
        var identity = Identity($"{body} {command}");
        Outcome? told = null;
        for (var attempt = 0; attempt < MostAttempts && told is null; attempt++)
        {
            await town.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(random.Next(1, attempt == 0 ? 10 : 3_000)));
            if (attempt > 0)
                town.Struck.Count(Strike.CommandsGivenAgain);
            told = await AttemptAsync(body, command, identity);
        }
        Open--;
        return told;
    }

    private async Task<Outcome?> AttemptAsync(string body, ICommand command, CommandIdentity identity)
    {
        var place = town.PlaceOf(body);
        if (town.Open(body) is not { } open || place.Life is not { } life)
            return null;
        try
        {
            using var patience = new CancellationTokenSource(Patience, town.Time);
            var deciding = DecideAsync(open.Sequencer, new Submission(command, identity));
            await deciding.Until(patience.Token);
            var outcome = await deciding;
            if (!life.IsAlive || town.Weather.IsLost())
            {
                town.Struck.Count(Strike.AnswersUnheard);
                return null;
            }
            town.Struck.Count(outcome.Refusal is null ? Strike.CommandsAccepted : Strike.CommandsRefused);
            if (outcome.Refusal is null)
                town.Oracle.WasAcknowledged(body, outcome);
            town.History.Add($"{body} is asked to {command}: {outcome.Refusal?.Sentence ?? $"{outcome.First}"}");
            return outcome;
        }
        catch (Exception problem) when (problem is JournalUnavailableException or OperationCanceledException)
        {
            return null;
        }
        catch (Exception) when (!life.IsAlive)
        {
            return null;
        }
        catch (Exception problem)
        {
            town.Oracle.Breach(Check.NothingUnforeseen, $"{body} cannot decide {command}: {problem}");
            return null;
        }
    }

    private static async Task<Outcome> DecideAsync(Sequencer sequencer, Submission submission) => (await await sequencer.DecideAsync([submission], CancellationToken.None, alone: true))[0];

    /// <summary>A UUIDv7 of now, and the digest of what is asked.</summary>
    private CommandIdentity Identity(string what)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var time = SkewedTime.Beginning.AddTicks(town.Scheduler.Now).ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)((time >> (8 * (5 - i))) & 0xff);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new CommandIdentity(new Guid(bytes, bigEndian: true), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(what)), Actor);
    }
}
