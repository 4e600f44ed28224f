namespace FundingFlows.Ledger;

/// <summary>
/// The state of one body: what its journal says, replayed. There is no other source of truth. Applying an entry moves the
/// state; it chooses nothing, reads no clock, and cannot fail on an entry that was decided by these rules.
/// </summary>
public sealed class Books
{
    private readonly List<AdoptedKey> keys = [];

    public Books() => (Holds, Transfers) = (new HoldBook(Lots), new TransferBook(Lots));

    /// <summary>Id of the body. Empty before genesis.</summary>
    public string Body { get; private set; } = "";

    public string Federation { get; private set; } = "";

    /// <summary>The epoch of the journal that is in force now.</summary>
    public uint Epoch => Epochs.Newest;

    /// <summary>All epochs of the journal so far.</summary>
    public EpochBook Epochs { get; } = new();

    public Tier Tier { get; private set; }

    /// <summary>What the body is in law. Unspecified in journals that older versions began.</summary>
    public LegalForm LegalForm => Genesis?.LegalForm ?? LegalForm.Unspecified;

    /// <summary>Entry 0. Null before it was applied.</summary>
    public Genesis? Genesis { get; private set; }

    /// <summary>Entries applied.</summary>
    public long Size { get; private set; }

    /// <summary>When the newest entry was recorded. Null before genesis.</summary>
    public Google.Protobuf.WellKnownTypes.Timestamp? NewestEntryAt { get; private set; }

    public Accounts Accounts { get; } = new();

    public LotBook Lots { get; } = new();

    public HoldBook Holds { get; }

    public FundBook Funds { get; } = new();

    public MergeBook Merges { get; } = new();

    public AgreementBook Agreements { get; } = new();

    public AwardBook Awards { get; } = new();

    public AllocationBook Allocations { get; } = new();

    public CustodyBook Custodies { get; } = new();

    public InstructionBook Instructions { get; } = new();

    public TransferBook Transfers { get; }

    public StandingBook Standing { get; } = new();

    public ClawbackBook Clawbacks { get; } = new();

    public ProjectBook Projects { get; } = new();

    public YearBook Years { get; } = new();

    public ReservationBook Reservations { get; } = new();

    public LiabilityBook Liabilities { get; } = new();

    public PaymentBook Payments { get; } = new();

    public PreparationBook Preparations { get; } = new();

    public InterestBook Interests { get; } = new();

    public ReportBook Reports { get; } = new();

    public ForecastBook Forecasts { get; } = new();

    public DeliveryBook Deliveries { get; } = new();

    /// <summary>The bodies that this one has registered, by id.</summary>
    public SortedDictionary<string, Registrant> Registrations { get; } = new(StringComparer.Ordinal);

    /// <summary>This body's own keys, the first first.</summary>
    public IReadOnlyList<AdoptedKey> Keys => keys;

    /// <summary>Whether it is the root of the federation: it registers itself.</summary>
    public bool IsRoot => Genesis?.RegisteringBody == Body;

    /// <summary>How far it has come towards its end.</summary>
    public Ending Ending { get; } = new();

    /// <summary>What it has handed over to those who stand in its place. Null: nobody does.</summary>
    public Vesting? Vesting { get; private set; }

    /// <summary>Whether it takes up nothing new: it has asked to be closed, or others stand in its place.</summary>
    public bool IsEnding => Ending.LastDay is not null || Vesting is not null;

    /// <summary>The body that vouches for this one: the one that its genesis names, or who has taken over from that.</summary>
    public string Registrar { get; internal set; } = "";

    /// <summary>The bodies that this one was told to be abolished.</summary>
    public SortedSet<string> Abolished { get; } = new(StringComparer.Ordinal);

    /// <summary>The bodies that this one was told to be closed, with no other in their place.</summary>
    public SortedSet<string> Closed { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a body acts no more, as far as is known here: nothing that is sent to it would ever be answered.</summary>
    public bool IsGone(string body) => Abolished.Contains(body) || Closed.Contains(body) || Registrations.GetValueOrDefault(body) is { IsClosed: true };

    /// <summary>Whether another was told that this body is about to be closed: it takes no money and no claim from there any more.</summary>
    internal bool HasToldOfItsEnd(string body) =>
        Ending.Last.ContainsKey(body) || Deliveries.AllUnanswered(body).Any(sent => sent.Kind == Fact.KindOneofCase.ClosingTold);

    /// <summary>Whether a lot came from a funder that was closed: nobody is left to repay it to.</summary>
    internal bool HasClosedFunder(Lot lot) => lot.Award is { } award && Awards.Find(award) is { Funder: var funder } && Closed.Contains(funder);

    /// <summary>A body that this one registered and that has not handed over all yet to a successor. Null: there is none.</summary>
    internal Registrant? StillSucceeded(string successor) =>
        Registrations.Values.FirstOrDefault(other => !other.IsClosed && other.Succession?.Successors.Contains(successor) == true);

    /// <summary>Whether this body stands in another's place, itself or by those in whose place it stands.</summary>
    public bool HasPredecessor(string body) => Inheritances.Values.Any(inheritance => inheritance.Predecessors.Contains(body));

    /// <summary>The bodies whose books this one takes over, in part or whole, by their ids.</summary>
    public SortedDictionary<string, Inheritance> Inheritances { get; } = new(StringComparer.Ordinal);

    /// <summary>The entry that will be applied next.</summary>
    public EntryId Next => new(Body, Epoch, Size);

    /// <summary>Applies the next entry of the journal. Throws when it is not the next, or has no fact that is known here.</summary>
    public void Apply(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Index != (ulong)Size)
            throw new InvalidOperationException($"Entry {entry.Index} cannot follow {Size} entries.");
        if (entry.Fact is null)
            throw new InvalidOperationException($"Entry {entry.Index} holds no fact.");
        if (Ending.IsSealed)
            throw new InvalidOperationException($"Entry {entry.Index} cannot follow the end of a sealed journal.");
        if ((Size == 0) != (entry.Fact.KindCase == Fact.KindOneofCase.Genesis))
            throw new InvalidOperationException("A journal has one genesis, and it is the first entry.");
        if (entry.Fact.KindCase == Fact.KindOneofCase.Genesis)
            Begin(entry.Fact.Genesis);
        else
            Apply(entry, Next, Next with { Index = Size - Math.Max(0, (int)entry.Part - 1) });
        if (DeliveredFacts.AnsweredBy(entry.Fact) is { } delivery)
            Deliveries.Answered(Next with { Index = Size - Math.Max(0, (int)entry.Part - 1) }, delivery);
        Size++;
        NewestEntryAt = entry.RecordedAt;
    }

    internal void Vest(Vesting vesting) => Vesting = vesting;

    private void Begin(Genesis genesis)
    {
        Genesis = genesis;
        Registrar = genesis.RegisteringBody;
        Federation = genesis.Federation;
        Body = genesis.Body;
        Epochs.Begin(genesis.Epoch, 0);
        Tier = genesis.Tier;
        keys.Add(new AdoptedKey(-1, genesis.PublicKey));
    }

    /// <param name="entry">The entry.</param>
    /// <param name="at">Its place.</param>
    /// <param name="first">The place of the first entry of the same command.</param>
    private void Apply(Entry entry, EntryId at, EntryId first)
    {
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.DeliverySettled: DeliveryFacts.Apply(this, fact.DeliverySettled); break;
            case Fact.KindOneofCase.DeliveryRefused: break;
            case Fact.KindOneofCase.FundOpened: FundFacts.Apply(this, at, fact.FundOpened); break;
            case Fact.KindOneofCase.TermsRevised: FundFacts.Apply(this, at, fact.TermsRevised); break;
            case Fact.KindOneofCase.MoneyIssued: FundFacts.Apply(this, at, fact.MoneyIssued); break;
            case Fact.KindOneofCase.PotsMerged: MergingFacts.Apply(this, at, first, fact.PotsMerged); break;
            case Fact.KindOneofCase.AgreementProposed: AgreementFacts.Apply(this, at, fact.AgreementProposed); break;
            case Fact.KindOneofCase.AgreementProposalReceived: AgreementFacts.Apply(this, fact.AgreementProposalReceived); break;
            case Fact.KindOneofCase.AgreementAccepted: AgreementFacts.Apply(this, at, fact.AgreementAccepted); break;
            case Fact.KindOneofCase.AgreementConcluded: AgreementFacts.Apply(this, fact.AgreementConcluded); break;
            case Fact.KindOneofCase.AgreementSuspended: AgreementFacts.Apply(this, at, fact.AgreementSuspended); break;
            case Fact.KindOneofCase.AgreementSuspensionReceived: AgreementFacts.Apply(this, fact.AgreementSuspensionReceived); break;
            case Fact.KindOneofCase.AgreementResumed: AgreementFacts.Apply(this, at, fact.AgreementResumed); break;
            case Fact.KindOneofCase.AgreementResumptionReceived: AgreementFacts.Apply(this, fact.AgreementResumptionReceived); break;
            case Fact.KindOneofCase.AgreementEnded: AgreementFacts.Apply(this, at, fact.AgreementEnded); break;
            case Fact.KindOneofCase.AgreementEndReceived: AgreementFacts.Apply(this, fact.AgreementEndReceived); break;
            case Fact.KindOneofCase.ForecastRecorded: Forecasts.Add(at, entry); break;
            case Fact.KindOneofCase.AllocationRecorded: AllocationFacts.Apply(this, first, entry); break;
            case Fact.KindOneofCase.AwardOffered: AwardFacts.Apply(this, at, fact.AwardOffered); break;
            case Fact.KindOneofCase.AwardOfferReceived: AwardFacts.Apply(this, fact.AwardOfferReceived); break;
            case Fact.KindOneofCase.AwardAccepted: AwardFacts.Apply(this, at, fact.AwardAccepted); break;
            case Fact.KindOneofCase.AwardDeclined: AwardFacts.Apply(this, at, fact.AwardDeclined); break;
            case Fact.KindOneofCase.AwardCommitted: AwardFacts.Apply(this, fact.AwardCommitted); break;
            case Fact.KindOneofCase.AwardDeclineReceived: AwardFacts.Apply(this, fact.AwardDeclineReceived); break;
            case Fact.KindOneofCase.AwardAmendmentOffered: AmendmentFacts.Apply(this, at, fact.AwardAmendmentOffered); break;
            case Fact.KindOneofCase.AwardAmendmentOfferReceived: AmendmentFacts.Apply(this, fact.AwardAmendmentOfferReceived); break;
            case Fact.KindOneofCase.AwardAmendmentAccepted: AmendmentFacts.Apply(this, at, fact.AwardAmendmentAccepted); break;
            case Fact.KindOneofCase.AwardAmendmentDeclined: AmendmentFacts.Apply(this, at, fact.AwardAmendmentDeclined); break;
            case Fact.KindOneofCase.AwardAmended: AmendmentFacts.Apply(this, fact.AwardAmended); break;
            case Fact.KindOneofCase.AwardAmendmentLapsed: AmendmentFacts.Apply(this, fact.AwardAmendmentLapsed); break;
            case Fact.KindOneofCase.AwardAmendmentDeclineReceived: AmendmentFacts.Apply(this, fact.AwardAmendmentDeclineReceived); break;
            case Fact.KindOneofCase.TransferSent: TransferFacts.Apply(this, at, first, entry); break;
            case Fact.KindOneofCase.TransferReceived: TransferFacts.Apply(this, at, first, fact.TransferReceived); break;
            case Fact.KindOneofCase.TransferRefused: TransferFacts.Apply(this, fact.TransferRefused); break;
            case Fact.KindOneofCase.TransferSettled: TransferFacts.Apply(this, fact.TransferSettled); break;
            case Fact.KindOneofCase.TransferReversed: TransferFacts.Apply(this, at, fact.TransferReversed); break;
            case Fact.KindOneofCase.ClawbackClaimed: ClawbackFacts.Apply(this, at, fact.ClawbackClaimed); break;
            case Fact.KindOneofCase.ClawbackRecorded: ClawbackFacts.Apply(this, at, first, fact.ClawbackRecorded); break;
            case Fact.KindOneofCase.ClawbackWithdrawn: ClawbackFacts.Apply(this, at, fact.ClawbackWithdrawn); break;
            case Fact.KindOneofCase.ClawbackWithdrawalReceived: ClawbackFacts.Apply(this, at, first, fact.ClawbackWithdrawalReceived); break;
            case Fact.KindOneofCase.PaymentMade: PaymentFacts.Apply(this, at, first, entry); break;
            case Fact.KindOneofCase.PaymentRefunded: PaymentFacts.Apply(this, first, fact.PaymentRefunded); break;
            case Fact.KindOneofCase.MoneySurrendered: YearFacts.Apply(this, fact.MoneySurrendered); break;
            case Fact.KindOneofCase.YearClosedProvisionally: YearFacts.Apply(this, first, fact.YearClosedProvisionally); break;
            case Fact.KindOneofCase.YearClosed: YearFacts.Apply(this, first, fact.YearClosed); break;
            case Fact.KindOneofCase.Reserved: ReservationFacts.Apply(this, first, entry); break;
            case Fact.KindOneofCase.ReservationReleased: ReservationFacts.Apply(this, fact.ReservationReleased); break;
            case Fact.KindOneofCase.LiabilityIncurred: LiabilityFacts.Apply(this, first, entry); break;
            case Fact.KindOneofCase.LiabilityReduced: LiabilityFacts.Apply(this, first, fact.LiabilityReduced); break;
            case Fact.KindOneofCase.ReservationExpired: ReservationFacts.Apply(this, fact.ReservationExpired); break;
            case Fact.KindOneofCase.ReportSubmitted: ReportFacts.Apply(this, at, fact.ReportSubmitted); break;
            case Fact.KindOneofCase.ReportReceived: ReportFacts.Apply(this, fact.ReportReceived); break;
            case Fact.KindOneofCase.PaymentPrepared: PreparationFacts.Apply(this, first, entry); break;
            case Fact.KindOneofCase.PaymentRejected: PreparationFacts.Apply(this, at, fact.PaymentRejected); break;
            default: ApplyToCustodies(entry, at, first); break;
        }
    }

    /// <summary>Whose money is kept by whom, and what it is told to pay.</summary>
    private void ApplyToCustodies(Entry entry, EntryId at, EntryId first)
    {
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.CustodyProposed: CustodyFacts.Apply(this, at, fact.CustodyProposed); break;
            case Fact.KindOneofCase.CustodyProposalReceived: CustodyFacts.Apply(this, fact.CustodyProposalReceived); break;
            case Fact.KindOneofCase.CustodyAccepted: CustodyFacts.Apply(this, at, fact.CustodyAccepted); break;
            case Fact.KindOneofCase.CustodyConcluded: CustodyFacts.Apply(this, fact.CustodyConcluded); break;
            case Fact.KindOneofCase.CustodyEnded: CustodyFacts.Apply(this, at, fact.CustodyEnded); break;
            case Fact.KindOneofCase.CustodyEndReceived: CustodyFacts.Apply(this, fact.CustodyEndReceived); break;
            case Fact.KindOneofCase.PaymentInstructed: InstructionFacts.Apply(this, first, fact.PaymentInstructed); break;
            case Fact.KindOneofCase.InstructionReceived: InstructionFacts.Apply(this, at, fact.InstructionReceived); break;
            case Fact.KindOneofCase.InstructionExecuted: InstructionFacts.Apply(this, at, fact.InstructionExecuted); break;
            case Fact.KindOneofCase.InstructionRefused: InstructionFacts.Apply(this, at, fact.InstructionRefused, entry.Actor); break;
            case Fact.KindOneofCase.InstructionRefusalReceived: InstructionFacts.Apply(this, fact.InstructionRefusalReceived); break;
            case Fact.KindOneofCase.RefusalAppealed: InstructionFacts.Apply(this, at, fact.RefusalAppealed); break;
            case Fact.KindOneofCase.AppealReceived: InstructionFacts.Apply(this, fact.AppealReceived); break;
            case Fact.KindOneofCase.AppealDecided: InstructionFacts.Apply(this, at, fact.AppealDecided); break;
            case Fact.KindOneofCase.AppealDecisionReceived: InstructionFacts.Apply(this, fact.AppealDecisionReceived); break;
            default: ApplyToProjects(entry, at); break;
        }
    }

    /// <summary>What money is spent for, and who has an interest in whom it is paid to.</summary>
    private void ApplyToProjects(Entry entry, EntryId at)
    {
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.InterestDeclared: InterestFacts.Declare(this, at, entry); break;
            case Fact.KindOneofCase.InterestEnded: InterestFacts.End(this, at, entry); break;
            case Fact.KindOneofCase.ProjectRegistered: ProjectFacts.Apply(this, at, entry); break;
            case Fact.KindOneofCase.ProjectChangeRequested: ProjectFacts.Request(this, at, entry); break;
            case Fact.KindOneofCase.ProjectChangeDecided: ProjectFacts.Apply(this, fact.ProjectChangeDecided); break;
            case Fact.KindOneofCase.MilestoneReached: ProjectFacts.Apply(this, fact.MilestoneReached); break;
            case Fact.KindOneofCase.ProjectClosed: ProjectFacts.Apply(this, fact.ProjectClosed); break;
            default: ApplyToStanding(entry, at); break;
        }
    }

    /// <summary>What is passed on without a person.</summary>
    private void ApplyToStanding(Entry entry, EntryId at)
    {
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.StandingInstructionSet: StandingFacts.Apply(this, at, fact.StandingInstructionSet, entry.Actor); break;
            case Fact.KindOneofCase.StandingInstructionApproved: StandingFacts.Apply(this, fact.StandingInstructionApproved); break;
            case Fact.KindOneofCase.StandingInstructionStopped: StandingFacts.Apply(this, at, fact.StandingInstructionStopped); break;
            case Fact.KindOneofCase.StandingInstructionResumed: StandingFacts.Apply(this, fact.StandingInstructionResumed); break;
            case Fact.KindOneofCase.StandingInstructionEnded: StandingFacts.Apply(this, fact.StandingInstructionEnded); break;
            default: ApplyToBodies(entry, at); break;
        }
    }

    /// <summary>What becomes of bodies: registered, with new keys, abolished, closed.</summary>
    private void ApplyToBodies(Entry entry, EntryId at)
    {
        var fact = entry.Fact;
        switch (fact.KindCase)
        {
            case Fact.KindOneofCase.BodyRegistered: RegistrationFacts.Apply(this, fact.BodyRegistered); break;
            case Fact.KindOneofCase.KeyAdopted: keys.Add(new AdoptedKey(at.Index, fact.KeyAdopted.PublicKey)); break;
            case Fact.KindOneofCase.EpochDeclared: EpochFacts.Apply(this, fact.EpochDeclared); break;
            case Fact.KindOneofCase.EpochBegun: EpochFacts.Apply(this, at, fact.EpochBegun); break;
            case Fact.KindOneofCase.KeyRotated: RegistrationFacts.Apply(this, fact.KeyRotated); break;
            case Fact.KindOneofCase.ClosingAsked: RegistrationFacts.Apply(this, at, fact.ClosingAsked); break;
            case Fact.KindOneofCase.BodyClosed: RegistrationFacts.Apply(this, fact.BodyClosed); break;
            case Fact.KindOneofCase.ClosingTold: RegistrationFacts.Apply(this, at, fact.ClosingTold); break;
            case Fact.KindOneofCase.ClosingNoted: RegistrationFacts.Apply(this, fact.ClosingNoted); break;
            case Fact.KindOneofCase.JournalSealed: RegistrationFacts.Apply(this, fact.JournalSealed); break;
            case Fact.KindOneofCase.SuccessionOrdered: SuccessionFacts.Apply(this, at, fact.SuccessionOrdered); break;
            case Fact.KindOneofCase.SuccessionReceived: SuccessionFacts.Apply(this, at, fact.SuccessionReceived); break;
            case Fact.KindOneofCase.HandOverBegun: SuccessionFacts.Apply(this, at, fact.HandOverBegun); break;
            case Fact.KindOneofCase.HandOverExpected: SuccessionFacts.Apply(this, fact.HandOverExpected); break;
            case Fact.KindOneofCase.SuccessionTold: SuccessionFacts.Apply(this, at, fact.SuccessionTold); break;
            case Fact.KindOneofCase.SuccessionNoted: SuccessionFacts.Apply(this, fact.SuccessionNoted); break;
            case Fact.KindOneofCase.AgreementContinued: SuccessionFacts.Apply(this, at, fact.AgreementContinued); break;
            case Fact.KindOneofCase.AgreementContinuationReceived: SuccessionFacts.Apply(this, fact.AgreementContinuationReceived); break;
            case Fact.KindOneofCase.AwardContinued: SuccessionFacts.Apply(this, at, fact.AwardContinued); break;
            case Fact.KindOneofCase.AwardContinuationReceived: SuccessionFacts.Apply(this, fact.AwardContinuationReceived); break;
            case Fact.KindOneofCase.HandedOver: SuccessionFacts.Apply(this, at, fact.HandedOver); break;
            case Fact.KindOneofCase.TakenOver: TakingOver.Apply(this, at, fact.TakenOver, entry.RecordedAt); break;
            default: throw new InvalidOperationException($"Entry {entry.Index} holds no fact that this version knows.");
        }
    }
}
