using FundingFlows.Contracts.Peer.V1;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// How far this instance has seen the journals of others to reach: what it followed, what it verified and kept, what it cosigned. It
/// tells notes that the bodies themselves have signed, which who asks can check and nobody can make larger.
/// </summary>
public sealed class SeenJournals(IOptions<InstanceOptions> options, FollowedJournals followed, IWitnessStore remembered)
{
    /// <summary>The most bodies that are told of at once.</summary>
    public const int MostBodies = 1_000;

    private const uint FirstEpoch = 1;

    /// <summary>Reads whom a request asks for.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<string> bodies)
    {
        var fields = new Fields();
        fields.Check(bodies.Count is >= 1 and <= MostBodies, "bodies", $"must be 1 to {MostBodies} of them.");
        fields.Check(bodies.All(Names.IsBody), "bodies", "must all be ids of bodies: 1 to 32 letters, digits and hyphens.");
        fields.ThrowIfAny();
        return bodies;
    }

    /// <summary>What was seen of the journals of a body.</summary>
    public SeenBody Of(string body)
    {
        var seen = new SeenBody { Body = body };
        var newest = Math.Max(FirstEpoch, followed.Find(body, replica => replica.Epoch));
        for (var epoch = FirstEpoch; ; epoch++)
            if (NotesOf(body, epoch) is { Count: > 0 } notes)
                seen.Journals.AddRange(notes.Select(note => new SeenJournal { Epoch = epoch, Checkpoint = note }));
            else if (epoch >= newest)
                break;
        return seen;
    }

    /// <summary>
    /// The newest that the body signed and, where that is another, the newest whose entries are here: what is signed behind those may belong to another
    /// history, and who asks must learn of this one.
    /// </summary>
    private List<string> NotesOf(string body, uint epoch)
    {
        var origin = Names.Origin(options.Value.Federation, body, epoch);
        var (following, verified) = followed.Find(body, replica => replica.Epoch == epoch ? (replica.NewestSigned, replica.Checkpoint) : ("", ""));
        var kept = remembered.Newest(origin) ?? "";
        return [.. new[] { verified ?? "", SizeOf(following ?? "") > SizeOf(kept) ? following! : kept }.Where(note => note.Length > 0).Distinct()];

        long SizeOf(string note) => Journal.Checkpoint.SizeOf(note, origin) ?? -1;
    }
}
