using System.Globalization;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>What a run prints: at most 40 lines.</summary>
internal sealed class Screen(TextWriter screen)
{
    private const int RefusalsShown = 2;
    private const int HashShown = 12;

    public void Introduction(bool attributed) => Line(attributed
        ? "FundingFlows: a country's awards, paid direct. Amounts are public figures as attributed to councils: an award to several\n"
            + "is split equally between them. Forums stand for left-behind wards; routes, payees and payments are invented.\n"
        : "FundingFlows: one pound through four tiers. Award amounts of the Levelling Up Fund are public figures;\n"
            + "forums, routes, payees and payments are invented, and the Place Fund is an illustration.\n");

    public void Health(Topology topology, PortPlan ports, IReadOnlyDictionary<string, TimeSpan> healthy)
    {
        Line($"{"Healthy after",-22} {"bodies",6} {"http",6} {"grpc",6} {"seconds",8}");
        foreach (var instance in topology.Instances)
            Line($"  {instance.Name,-20} {topology.HostedBy(instance).Count(),6} {ports.Instances[instance.Name].Http,6} {ports.Instances[instance.Name].Grpc,6} {healthy[instance.Name].TotalSeconds,8:0.0}");
    }

    /// <summary>What came of the year.</summary>
    /// <param name="found">What the auditor says.</param>
    /// <param name="startup">How long the processes took to start. Null: somebody else started them.</param>
    /// <param name="year">How long the year took.</param>
    /// <param name="page">The gateway's page.</param>
    public void Findings(Gathered found, TimeSpan? startup, TimeSpan year, Uri page)
    {
        var played = found.Story.Attribution is null ? "sample year" : "country";
        Line("");
        Flow(found.Bodies);
        Line("");
        Trace(found);
        Line("");
        if (found.Story.Working is { } working)
            Line($"By a recorded formula: {working}");
        if (found.Below is { } below)
            Below(below);
        Refused(found.Story.Refused);
        Line(PowerCut(found.Story.PowerCut));
        if (found.Story.YearEnd is { } end)
            Line($"{end.Bodies} bodies on one way up closed {Years.InWords(PlaceFund.Year)}: {Pounds(end.CarriedPence)} carried forward, {Pounds(end.SurrenderedPence)} repaid up and surrendered to its source.");
        if (found.Story.Abolition is { } gone)
            Line($"{gone.Name} was abolished with {Pounds(gone.HeldPence)}, and {Pounds(gone.OnTheWayPence)} on its way to it: {string.Join(", ", gone.Received.Select(one => $"{one.Successor} has {Pounds(one.Pence)} of it"))}, and nothing was lost.");
        if (found.Story.Overruled is { } overruled)
            Line($"{overruled.Agent} keeps the money of {overruled.Principal}: it refused to pay {Pounds(overruled.AmountPence)} of it, lost the appeal and paid. A refusal of {Pounds(overruled.UpheldPence)} stands.");
        if (found.Story.Merged is { } pots)
            Line($"{pots.Body} merged {Pounds(pots.AmountPence)} of one pot into another; {Pounds(pots.WithOriginPence)} of it at {pots.Forum} still says where it was issued.");
        if (found.Story.OnePot is { } one)
            Line($"{one.Body} made one fund of three pots: of {Pounds(one.Origins.Sum(origin => origin.Pence))} of it at {one.Forum}, {string.Join(", ", one.Origins.Select(origin => $"{Pounds(origin.Pence)} came from {origin.Pot}"))}. Refused: {one.Refused}");
        if (found.Story.OnePot?.Waited is { } waited)
            Line($"Released once the report had come, and not before: {waited}");
        if (found.Story.ClaimedBack is { } back)
            Line($"{back.Funder} claimed {Pounds(back.AmountPence)} back from {back.Recipient}, which had spent {Pounds(back.SpentPence)} of it: it was let off {Pounds(back.WithdrawnPence)}, and met the rest with money of its own.");
        if (found.Story.WoundUp is { } ended)
            Line($"{ended.Forum} took a new key, sent {Pounds(ended.RepaidPence)} of {Pounds(ended.GivenPence)} back to {ended.Council}, and was closed: its journal is sealed.");
        if (found.StartedAgain.Count > 0)
            Line($"Ended by themselves and were started again: {string.Join(", ", found.StartedAgain.GroupBy(name => name).Select(same => same.Count() == 1 ? same.Key : $"{same.Key} ({same.Count()} times)"))}.");
        if (found.Story.Settlement is { } settled)
            Settled(settled);
        Attributed(found.Story.Attribution);
        Reconciled(found);
        var took = startup is { } start
            ? string.Create(CultureInfo.InvariantCulture, $"Start {start.TotalSeconds:0.0} s, {played} {year.TotalSeconds:0.0} s, all processes {found.MemoryMegabytes} MB.")
            : string.Create(CultureInfo.InvariantCulture, $"Played the {played} in {year.TotalSeconds:0.0} s.");
        Line($"{took}    Page: {page}    Or: curl {page}v1/audit/payments/{found.Trace.Payment.Id}/trace");
    }

    /// <summary>What the stand-alone verifier says of the journals.</summary>
    public void StaysUp(Uri page) => Line($"All stays up at {page} until Ctrl-C ends it.");

    public void Verified(Verified found, string payment)
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"All saved in tiles, and checked by the program verify in {found.Took.TotalSeconds:0.0} s: {(found.IsVerified ? "" : "NOT VERIFIED: ")}{string.Join("\n  ", found.Said)}{(found.IsVerified ? $" The way of a payment, as a file: {(found.TraceHolds ? "" : "NOT PROVED: ")}{found.Traced}" : "")}"));
        if (found.IsVerified)
            Line($"One byte of payment {payment} flipped in a copy: {(found.Located ? "" : "NOT LOCATED: ")}{found.Altered}");
    }

    private void Flow(IReadOnlyList<AuditedBody> bodies)
    {
        Line($"{"Flow by tier",-22} {"issued",18} {"passed on",18} {"spent",18} {"held",18}");
        foreach (var tier in bodies.GroupBy(body => body.Tier).OrderBy(tier => tier.Key))
        {
            var totals = tier.Select(body => body.Totals).ToList();
            Line($"  {Name(tier.Key),-20} {Pounds(totals.Sum(t => t.IssuedPence)),18} {Pounds(totals.Sum(t => t.GrantedPence)),18} {Pounds(totals.Sum(t => t.SpentPence)),18} {Pounds(totals.Sum(t => t.CashPence)),18}");
        }
    }

    private void Below(FundBelow below)
    {
        Line($"{$"{below.Title}, {Years.InWords(below.Year)}",-40} {"promised",18} {"released",18} {"spent",18} {"expected",30} {"left",18}");
        foreach (var tier in below.Tiers)
            Line($"  {Name(tier.Tier),-38} {Pounds(tier.PromisedPence),18} {Pounds(tier.ReleasedPence),18} {Pounds(tier.SpentPence),18} {Expected(tier),30} {Pounds(tier.LeftPence),18}");
    }

    /// <summary>Beside the sum, how many it is of: those that are promised money and have not said what they expect are not in it.</summary>
    private static string Expected(SettledTier tier) => tier.ForecastingBodies == 0 ? "not said"
        : string.Create(CultureInfo.InvariantCulture, $"{Pounds(tier.ForecastPence)} from {tier.ForecastingBodies} of {tier.Bodies}");

    private void Trace(Gathered found)
    {
        var payment = found.Trace.Payment;
        Line(string.Create(CultureInfo.InvariantCulture, $"Payment {payment.Id} of {Pounds(payment.AmountPence)} for {payment.Category.Replace('-', ' ')}, back to its source in {found.TraceMilliseconds:0.0} ms:"));
        var path = found.Trace.Paths[0];
        foreach (var step in path.Steps.Where(step => step.Kind != StepKind.Sent))
            Line($"  {Verb(step.Kind),-9} {Pounds(step.AmountPence),16}  {step.OfficialName,-54} {Convert.ToHexStringLower(step.Proof.LeafHash.Span)[..HashShown]}  {(step.Holds ? "proved" : "NOT PROVED")}");
        if (found.Trace.Paths.Count > 1)
            Line($"  and {found.Trace.Paths.Count - 1} more pieces, each with a path of its own");
    }

    private void Refused(IReadOnlyList<RefusedAttempt> refused)
    {
        Line($"{refused.Count} attempts against ring-fences were refused, for example:");
        foreach (var attempt in refused.Take(RefusalsShown))
            Line($"  {attempt.Attempt}: {attempt.Sentence}");
    }

    private static string PowerCut(PowerCut? cut) => cut is null
        ? "No council instance was killed: none is funded, or the processes are somebody else's."
        : cut.OnTheWayPence == 0 ? $"Killed {cut.Instance} (all had arrived in an earlier run), restarted: {Exact(cut.LostPence)} lost"
        : $"Killed {cut.Instance} in mid-transfer ({Pounds(cut.OnTheWayPence)} on its way), restarted: {Exact(cut.LostPence)} lost";

    private void Settled(TenYearPromise settled)
    {
        Line($"Settled for {Years.InWords(settled.FirstYear)} to {Years.InWords(settled.LastYear)} (illustration): {Pounds(settled.TotalPence)} promised by central government, by {settled.Runs} recorded runs in {settled.Awards} accepted awards; {settled.Councils} councils have some in every year, and forums {Pounds(settled.ForumsPence)} in all.");
        Line($"One of them: {settled.Working}");
    }

    private void Attributed(Attribution? figures)
    {
        if (figures is null)
            return;
        Line($"{Pounds(figures.IssuedPence)} issued for {figures.Awards} awards, as attributed to {figures.Councils} councils, and paid direct: each received its amount to the penny.");
        Line($"Of it {Pounds(figures.HeldPence)} held + {Pounds(figures.SpentPence)} spent + {Pounds(figures.InTransitPence)} in transit + {Pounds(figures.SurrenderedPence)} surrendered.");
        Line($"{figures.WardsWithout} of the {figures.Wards} left-behind wards lie in councils that got nothing ({figures.CouncilsWithout} councils).");
        if (figures.ShownIn.Length > 0)
            Line($"The sample year was played besides, with invented funds, by {figures.ShownIn} and those below it. In all:");
    }

    private void Reconciled(Gathered found)
    {
        var books = found.Books;
        Line($"{Pounds(books.IssuedPence)} issued = {Pounds(books.HeldPence)} held + {Pounds(books.SpentPence)} spent + {Pounds(books.InTransitPence)} in transit + {Pounds(books.SurrenderedPence)} surrendered.");
        Line($"{(found.Reconciled ? "Reconciled to the penny" : "NOT RECONCILED")}: {books.Bodies} bodies, {books.Entries} entries, {books.Lots} lots, {books.Transfers} transfers, {books.Payments} payments, {books.Reports} reports.");
        foreach (var finding in books.Checks.Where(check => !check.Holds).SelectMany(check => check.Findings).Take(RefusalsShown))
            Line($"  {finding}");
    }

    private static string Pounds(long pence) => Pence.InPounds(pence);

    private static string Exact(long pence) => string.Create(CultureInfo.InvariantCulture, $"£{pence / 100m:N2}");

    private static string Verb(StepKind kind) => kind switch
    {
        StepKind.Issued => "issued",
        StepKind.Paid => "paid",
        StepKind.Reversed => "returned",
        _ => "received",
    };

    private static string Name(Tier tier) => tier switch
    {
        Tier.CentralGovernment => "central government",
        Tier.CombinedAuthority => "combined authorities",
        Tier.Council => "councils",
        Tier.NeighbourhoodForum => "forums",
        _ => "not seen yet",
    };

    private void Line(string text) => screen.WriteLine(text);
}
