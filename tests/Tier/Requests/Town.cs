using FundingFlows.Contracts.Payments.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A small federation in which everything has happened once: money has come from central government by a council to a forum and was
/// paid out; an agreement and two awards wait to be answered. Shared by the tests of a class.
/// </summary>
public sealed partial class Town : IAsyncLifetime
{
    public const string PayeeName = "Zebedee Quillfeather";
    public const string Narrative = "Mending Zebedee's marquee poles";
    public const string PersonHandle = "00112233445566778899aabbccddeeff";

    /// <summary>Councils that only take a new key, and that only are closed: what they do not say any more nobody misses.</summary>
    public const string Rotating = "E06000002";
    public const string Closing = "E06000003";

    /// <summary>Councils that are only abolished: one that nobody has ordered yet, and one that hands over.</summary>
    public const string Ending = "E06000004";
    public const string HandingOver = "E06000005";

    /// <summary>A council that is registered and hosted by nobody here.</summary>
    public const string Elsewhere = "E06000098";

    /// <summary>A fund of central government's that has money, and may be merged into the other.</summary>
    public const string SmallPot = "small-pot";
    public const string PayeeOfInterest = "GB-CHC-0000009";
    public const int NextYear = Officers.Year + 1;

    /// <summary>A forum that is unincorporated, whose money a council keeps.</summary>
    public const string Kept = "E05009070";
    private const string Led = "neighbourhood-led";

    public TestFederation Federation { get; private set; } = null!;

    public Officers Officers => Federation.Officers;

    /// <summary>Awards that were accepted, with money left to release (central government's) and to repay (the council's).</summary>
    public string CentralAward { get; private set; } = "";

    public string CouncilAward { get; private set; } = "";

    /// <summary>The agreement by which the council funds the forum, and what the forum sent back and reported under it.</summary>
    public string CouncilAgreement { get; private set; } = "";

    public string Repayment { get; private set; } = "";

    /// <summary>A claim of the council on the forum that is not met yet.</summary>
    public string Clawback { get; private set; } = "";

    public string Report { get; private set; } = "";

    /// <summary>An agreement and two awards that the forums have not answered.</summary>
    public string WaitingAgreement { get; private set; } = "";

    /// <summary>Agreements of central government: one along which nothing goes, and one that it has suspended. A council's, that a forum does not want.</summary>
    public string SpareAgreement { get; private set; } = "";

    public string SuspendedAgreement { get; private set; } = "";

    public string UnwantedAgreement { get; private set; } = "";

    /// <summary>Two forums have asked councils to keep their money; neither has answered.</summary>
    public string WaitingCustody { get; private set; } = "";

    public string UnwantedCustody { get; private set; } = "";

    /// <summary>What the forum whose money is kept has told the council to pay: two that wait, one that was refused, and one that was refused and appealed.</summary>
    public string WaitingInstruction { get; private set; } = "";

    public string OtherWaitingInstruction { get; private set; } = "";

    public string RefusedInstruction { get; private set; } = "";

    public string AppealedInstruction { get; private set; } = "";

    /// <summary>A run of the council's that nothing was awarded from.</summary>
    public string Allocation { get; private set; } = "";

    public string WaitingAward { get; private set; } = "";

    public string OtherWaitingAward { get; private set; } = "";

    /// <summary>Two awards to the forum, and the amendments of them that it has not answered.</summary>
    public string AwardToAmend { get; private set; } = "";

    public string WaitingAmendment { get; private set; } = "";

    public string OtherAwardToAmend { get; private set; } = "";

    public string OtherWaitingAmendment { get; private set; } = "";

    /// <summary>A payment of the forum to a person, with a narrative.</summary>
    public Payment Payment { get; private set; } = new();

    /// <summary>The forum's project that is paid for, and one that nothing was paid for.</summary>
    public string Project { get; private set; } = "";

    public string OtherProject { get; private set; } = "";

    /// <summary>The key that signs for the council that takes a new one.</summary>
    public ByteString FirstKey { get; private set; } = ByteString.Empty;

    /// <summary>A checkpoint that <see cref="Elsewhere"/> signed.</summary>
    public string CheckpointOfElsewhere { get; private set; } = "";

    /// <summary>What the forum has set aside, twice.</summary>
    public string Reservation { get; private set; } = "";

    public string OtherReservation { get; private set; } = "";

    /// <summary>What a council has lent.</summary>
    public string Loan { get; private set; } = "";

    /// <summary>What the forum owes.</summary>
    public string Liability { get; private set; } = "";

    /// <summary>The last day of the year.</summary>
    public static readonly Google.Type.Date YearEnd = new() { Year = NextYear, Month = 3, Day = 31 };

    /// <summary>A change of another project, which somebody else asked for.</summary>
    public string WaitingChange { get; private set; } = "";

    /// <summary>Payments that somebody else prepared, which wait for a second person.</summary>
    public string WaitingPayment { get; private set; } = "";

    public string OtherWaitingPayment { get; private set; } = "";

    /// <summary>What the fund is for: a document that is public.</summary>
    public string PurposeDocument { get; private set; } = "";

    public ValueTask DisposeAsync() => Federation?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>How many entries each body has, once nothing is on its way between them.</summary>
    public async Task<IReadOnlyDictionary<string, long>> QuietAsync()
    {
        foreach (var body in Federation.Topology.Bodies)
            await Wait.UntilAsync(
                async () => await Hosted(body.Id).Sequencer.ReadAsync(books => books.Deliveries.Awaiting.Count(), CancellationToken.None), count => count == 0,
                $"the answers to what {body.Id} sent");
        return Sizes();
    }

    /// <summary>How many entries each body has.</summary>
    public IReadOnlyDictionary<string, long> Sizes() => Federation.Topology.Bodies.ToDictionary(body => body.Id, body => Hosted(body.Id).Sequencer.CommittedSize);

    /// <summary>A token of a person with these roles at a body.</summary>
    public Metadata As(string body, params Role[] roles) => Officers.With(Federation.Issuer.Token(body, roles));

    public async Task<Entry> EntryAsync(string id)
    {
        var parts = id.Split('.');
        var request = new GetEntryRequest { Body = parts[0], Index = ulong.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) };
        return (await new JournalService.JournalServiceClient(Federation.ToBody(parts[0])).GetEntryAsync(request)).Entry;
    }

    private HostedBody Hosted(string body) =>
        Federation.Instance(Federation.Topology.Body(body).Instance).Services.GetRequiredService<BodyHost>().Find(body)!;
}
