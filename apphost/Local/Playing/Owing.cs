using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Reservations.V1;
using Google.Type;
using PlannedUse = FundingFlows.Contracts.Reservations.V1.PlannedUse;

namespace FundingFlows.Local;

/// <summary>What a council orders and sets aside before the year's end, what of it came, and what it pays when the year has closed.</summary>
internal sealed class Owing(Topology topology, Office office, TopologyBody council)
{
    private const long OrderedPence = 2_500_00;
    private const long OwedPence = 2_400_00;
    private const long BrokenPence = 40_00;
    private const long SetAsidePence = 1_000_00;
    private static readonly Date YearEnd = new() { Year = PlaceFund.Year + 1, Month = 3, Day = 31 };

    private readonly Bill bill = new(
        "chairs", $"{topology.Root.Id}.{PlaceFund.Name}", Kind.Revenue, "advice-services", PlaceFund.PlaceOf(council), SampleBills.PayeeOf("GB-CHC", topology, council), null, OwedPence);

    private string liability = "";
    private string setAside = "";

    /// <summary>Orders, receives nearly all of it, of which one thing is broken, gives up the rest of the order, and sets some more aside that nobody will need.</summary>
    public async Task OrderAsync(CancellationToken cancellation)
    {
        var use = await UseAsync(bill.Organisation, cancellation);
        var order = await ReserveAsync("order", use, OrderedPence, cancellation);
        liability = (await office.AskAsync(
            council.Id, OfficerRoles.Preparer,
            options => office.Reservations.RecordLiabilityAsync(
                new RecordLiabilityRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"owe {council.Id}"),
                    Use = use,
                    ReceivedOn = new Date { Year = PlaceFund.Year + 1, Month = 3, Day = 24 },
                    Reservation = order,
                    Evidence = "Illustration: an invented delivery note.",
                    AmountPence = OwedPence + BrokenPence,
                },
                options),
            cancellation)).Liability.Id;
        await office.AskAsync(
            council.Id, OfficerRoles.Preparer,
            options => office.Reservations.ReduceLiabilityAsync(
                new ReduceLiabilityRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"send back {council.Id}"),
                    Liability = liability,
                    AmountPence = BrokenPence,
                    Reasons = "Illustration: an invented chair came broken.",
                },
                options),
            cancellation);
        await office.AskAsync(
            council.Id, OfficerRoles.Preparer,
            options => office.Reservations.ReleaseReservationAsync(
                new ReleaseReservationRequest { Body = council.Id, CommandId = office.CommandId($"release the order {council.Id}"), Reservation = order, AmountPence = OrderedPence - OwedPence - BrokenPence },
                options),
            cancellation);
        setAside = await ReserveAsync("set aside", await UseAsync("", cancellation), SetAsidePence, cancellation);
    }

    /// <summary>The last day of the year has come.</summary>
    public Task ExpireAsync(CancellationToken cancellation) => office.AskAsync(
        council.Id, OfficerRoles.Preparer,
        options => office.Reservations.ExpireReservationAsync(
            new ExpireReservationRequest { Body = council.Id, CommandId = office.CommandId($"expire {council.Id}"), Reservation = setAside, AsOf = YearEnd }, options),
        cancellation);

    /// <summary>Pays what came before the year's end after it, in that year. With that its project has ended.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var request = bill.Request(council.Id, office.CommandId($"settle {council.Id}"), await office.ProjectAsync(council.Id, bill, cancellation));
        request.PaidOn = new Date { Year = PlaceFund.Year + 1, Month = 5, Day = 14 };
        request.OutOf = liability;
        await office.AskAsync(council.Id, OfficerRoles.Preparer, options => office.Payments.MakePaymentAsync(request, options), cancellation);
        await office.AskAsync(
            council.Id, OfficerRoles.Approver,
            options => office.Projects.CloseProjectAsync(
                new CloseProjectRequest
                {
                    Body = council.Id,
                    CommandId = office.CommandId($"close {request.Project}"),
                    Project = request.Project,
                    ClosedOn = request.PaidOn,
                    Outcome = "Illustration: everybody has a seat.",
                },
                options),
            cancellation);
    }

    private async Task<PlannedUse> UseAsync(string supplier, CancellationToken cancellation) => new()
    {
        Fund = bill.Fund,
        Project = await office.ProjectAsync(council.Id, bill, cancellation),
        FinancialYear = PlaceFund.Year,
        Kind = bill.Kind,
        Category = bill.Category,
        Place = bill.Place,
        Supplier = supplier,
    };

    private async Task<string> ReserveAsync(string step, PlannedUse use, long amountPence, CancellationToken cancellation) => (await office.AskAsync(
        council.Id, OfficerRoles.Preparer,
        options => office.Reservations.ReserveAsync(
            new ReserveRequest
            {
                Body = council.Id,
                CommandId = office.CommandId($"{step} {council.Id}"),
                Use = use,
                ExpiresOn = YearEnd,
                Purpose = "Illustration: an invented order of chairs.",
                AmountPence = amountPence,
            },
            options),
        cancellation)).Reservation.Id;
}
