using System.Text;
using System.Text.Json.Nodes;
using FundingFlows.Contracts.Links.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>News that contradicts a journal or cannot be read has no effect, is remembered by whoever heard it, the auditor or a funder, and is shown by the auditor.</summary>
public sealed class TurnedAwayNewsTests(EventfulTown eventful) : IClassFixture<EventfulTown>
{
    /// <summary>What is heard of Durham, and how it is remembered.</summary>
    private static readonly Dictionary<string, (SecurityEventKind Kind, string Reason, Func<HostedBody, byte[]> News)> Heard = new()
    {
        ["entries that are not there"] = (SecurityEventKind.EventContradictsJournal, "EVENT_BEYOND_JOURNAL", body => Moved(body, 0, body.Sequencer.CommittedSize + 99, "")),
        ["a last entry before the first"] = (SecurityEventKind.EventContradictsJournal, "EVENT_INDEXES_WRONG", body => Moved(body, 9, 3, "")),
        ["a checkpoint that the body has not signed"] = (SecurityEventKind.EventContradictsJournal, "EVENT_NOT_SIGNED", body => Moved(body, 0, 0, NotSigned(body))),
        ["an epoch that there is not"] = (SecurityEventKind.EventContradictsJournal, "EVENT_EPOCH_UNKNOWN", body => Moved(body, 0, 0, "", body.Epoch + 7)),
        ["no epoch at all"] = (SecurityEventKind.EventContradictsJournal, "EVENT_EPOCH_UNKNOWN", body => Moved(body, 0, 0, "", 0)),
        ["what cannot be read"] = (SecurityEventKind.EventUnreadable, "EVENT_UNREADABLE", _ => "poison"u8.ToArray()),
    };

    public static TheoryData<string, string> HeardWhere => new MatrixTheoryData<string, string>(Heard.Keys, [AuditInstance, CentralInstance]);

    private EventTown Town => eventful.Town;

    [Theory]
    [MemberData(nameof(HeardWhere))]
    public async Task News_ThatIsTurnedAway_IsRememberedShownAndHasNoEffect(string what, string where)
    {
        var (kind, reason, news) = Heard[what];
        var before = CountOf(await ShownAsync());
        var known = await CoverageAsync();

        await Town.Dapr.PostAsync(EventTown.PubSub, JournalMoved.Topic, where, news(Town.Hosted(Durham)));

        await Wait.UntilAsync(ShownAsync, seen => CountOf(seen) > before, "the auditor showing it");
        Assert.Equal(known, await CoverageAsync());
        Assert.True((await Town.Officers.AuditedAsync()).Reconciled);

        ulong CountOf(IEnumerable<SecurityEvent> all) => all
            .Where(one => (one.Instance, one.Kind, one.Reason, one.Receiver) == (where, kind, reason, kind == SecurityEventKind.EventUnreadable ? "" : Durham))
            .Aggregate(0ul, (sum, one) => sum + one.Count);
    }

    /// <summary>Only the auditor knows every body. The name of one that there is not is kept nowhere.</summary>
    [Fact]
    public async Task News_OfABodyThatThereIsNot_IsRememberedByTheAuditorWithoutItsName()
    {
        foreach (var where in new[] { CentralInstance, AuditInstance })
            await Town.Dapr.PostAsync(EventTown.PubSub, JournalMoved.Topic, where, Moved(Town.Hosted(Durham), 0, 0, "", name: "atlantis"));

        var seen = await Wait.UntilAsync(ShownAsync, all => all.Any(one => one.Reason == "EVENT_BODY_UNKNOWN"), "the auditor showing it");

        var unknown = seen.Single(one => one.Reason == "EVENT_BODY_UNKNOWN");
        Assert.Equal((AuditInstance, SecurityEventKind.EventContradictsJournal, "", "", 1ul), (unknown.Instance, unknown.Kind, unknown.ClaimedSender, unknown.Receiver, unknown.Count));
    }

    private static string NotSigned(HostedBody body)
    {
        using var another = new MadeJournal(body.Id, Tier.Council);
        return new Journal.Checkpoint(body.Genesis.Origin, 3, new byte[32]).Sign(Journal.VerifierKey.Of(body.Genesis.Origin, another.Key.PublicKey), another.Key);
    }

    private static byte[] Moved(HostedBody body, long first, long last, string checkpoint, uint? epoch = null, string? name = null) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["source"] = "somebody",
        ["type"] = JournalMoved.Type,
        ["data"] = new JsonObject { ["body"] = name ?? body.Id, ["epoch"] = epoch ?? body.Epoch, ["firstIndex"] = first, ["lastIndex"] = last, ["checkpoint"] = checkpoint },
    }.ToJsonString());

    private async Task<string> CoverageAsync() => (await Town.CoverageAsync(Durham)).ToString();

    /// <summary>As all instances tell it, once each of them has been reached.</summary>
    private async Task<IReadOnlyList<SecurityEvent>> ShownAsync() => (await Wait.UntilAsync(
        async () => await Town.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 }),
        answer => answer.NotReached.Count == 0, "every instance being reached")).Events;
}
