using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;
using Grpc.Net.Client;

namespace FundingFlows.Local;

/// <summary>Gives a token for an officer who holds this role at a body.</summary>
public delegate Task<string> TokenSource(string body, string role, CancellationToken cancellation);

/// <summary>
/// The desk at which the sample year is played: officers of all bodies, with their tokens, through the gateway as anyone would.
/// A step's command id follows from the federation and the step's name, so a step that is played again is recognised.
/// </summary>
public sealed class Office : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(160);
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(2);
    private readonly GrpcChannel channel;
    private readonly TokenSource issuer;
    private readonly FederationSetup federation;
    private readonly TimeProvider time;
    private readonly ServiceFleet? fleet;
    private readonly ConcurrentDictionary<(string Body, string Role), string> tokens = new();
    private readonly ConcurrentDictionary<string, string> commands = new();

    /// <param name="grpc">The gateway's gRPC port.</param>
    /// <param name="http">The gateway's HTTP port.</param>
    /// <param name="issuer">Where officers get their tokens.</param>
    /// <param name="federation">What the ids of commands follow from.</param>
    /// <param name="time">How long anything is waited for.</param>
    /// <param name="fleet">The processes, whose end is noticed. Null: somebody else's.</param>
    public Office(Uri grpc, Uri http, TokenSource issuer, FederationSetup federation, TimeProvider time, ServiceFleet? fleet)
    {
        this.issuer = issuer;
        this.federation = federation;
        this.time = time;
        this.fleet = fleet;
        channel = GrpcChannel.ForAddress(grpc, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            InitialReconnectBackoff = ShortestPause,
            MaxReconnectBackoff = LongestReconnect,
        });
        Journals = new(channel);
        Registrations = new(channel);
        Programmes = new(channel);
        Agreements = new(channel);
        Awards = new(channel);
        Allocations = new(channel);
        Standing = new(channel);
        Clawbacks = new(channel);
        Custodies = new(channel);
        Instructions = new(channel);
        Transfers = new(channel);
        Projects = new(channel);
        Payments = new(channel);
        Pots = new(channel);
        Interests = new(channel);
        Reports = new(channel);
        Reservations = new(channel);
        Years = new(channel);
        Ledger = new(channel);
        Audit = new(channel);
        Rest = new HttpClient { BaseAddress = http };
    }

    public JournalService.JournalServiceClient Journals { get; }

    public RegistrationService.RegistrationServiceClient Registrations { get; }

    public ProgrammeService.ProgrammeServiceClient Programmes { get; }

    public AgreementService.AgreementServiceClient Agreements { get; }

    public AwardService.AwardServiceClient Awards { get; }

    public AllocationService.AllocationServiceClient Allocations { get; }

    public StandingInstructionService.StandingInstructionServiceClient Standing { get; }

    public ClawbackService.ClawbackServiceClient Clawbacks { get; }

    public CustodyService.CustodyServiceClient Custodies { get; }

    public InstructionService.InstructionServiceClient Instructions { get; }

    public TransferService.TransferServiceClient Transfers { get; }

    public ProjectService.ProjectServiceClient Projects { get; }

    public PaymentService.PaymentServiceClient Payments { get; }

    public MergingService.MergingServiceClient Pots { get; }

    public InterestService.InterestServiceClient Interests { get; }

    public ReportService.ReportServiceClient Reports { get; }

    public ReservationService.ReservationServiceClient Reservations { get; }

    public YearService.YearServiceClient Years { get; }

    public Contracts.Ledger.V1.LedgerService.LedgerServiceClient Ledger { get; }

    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>The gateway's REST.</summary>
    public HttpClient Rest { get; }

    /// <summary>The ids of all commands that were given here.</summary>
    public IEnumerable<string> CommandIds => commands.Values;

    /// <summary>A UUIDv7 of the federation's first moment, the rest of which follows from the step's name.</summary>
    public string CommandId(string step) => commands.GetOrAdd(step, IdOf);

    private string IdOf(string step)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{federation.Id}\n{step}"))[..16];
        var moment = federation.CreatedAt.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)((moment >> (40 - (8 * i))) & 0xff);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>A call for a body, as an officer with a role there. Tried again while the service is away.</summary>
    public async Task<T> AskAsync<T>(string body, string role, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation)
    {
        var token = await TokenAsync(body, role, cancellation);
        return await RetryAsync(() => call(Options(body, token, cancellation)), cancellation);
    }

    /// <summary>The same for what may have to wait for others: tried again, too, while it is refused for one of these reasons.</summary>
    public async Task<T> AskOnceItMayBeAsync<T>(string body, string role, string[] notYet, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation)
    {
        var token = await TokenAsync(body, role, cancellation);
        return await RetryAsync(() => call(Options(body, token, cancellation)), cancellation, notYet);
    }

    /// <summary>A public call for a body; an empty one is for the auditor.</summary>
    public Task<T> ReadAsync<T>(string body, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellation) =>
        RetryAsync(() => call(Options(body, null, cancellation)), cancellation);

    /// <summary>A call about something that another body has sent. What has not come yet is waited for.</summary>
    public async Task<T> AskWhenItComesAsync<T>(string body, string role, Func<CallOptions, AsyncUnaryCall<T>> call, string what, CancellationToken cancellation)
        where T : class
    {
        var token = await TokenAsync(body, role, cancellation);
        return await WaitAsync(() => call(Options(body, token, cancellation)), _ => true, what, cancellation);
    }

    /// <summary>Reads until it is so. What is not there yet is waited for.</summary>
    public Task<T> UntilAsync<T>(string body, Func<CallOptions, AsyncUnaryCall<T>> call, Func<T, bool> enough, string what, CancellationToken cancellation)
        where T : class => WaitAsync(() => call(Options(body, null, cancellation)), enough, what, cancellation);

    public void Dispose()
    {
        channel.Dispose();
        Rest.Dispose();
    }

    private async Task<T> WaitAsync<T>(Func<AsyncUnaryCall<T>> call, Func<T, bool> enough, string what, CancellationToken cancellation)
        where T : class
    {
        var end = time.GetUtcNow() + LongestWait;
        for (var pause = ShortestPause; ; pause = Longer(pause))
        {
            var found = await FindAsync(call, cancellation);
            if (found is not null && enough(found))
                return found;
            if (time.GetUtcNow() > end)
                throw new LocalException($"{what} did not come about within {LongestWait.TotalMinutes:0} minutes.");
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<T?> FindAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await RetryAsync(call, cancellation);
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> RetryAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken cancellation, params string[] notYet)
    {
        var end = time.GetUtcNow() + LongestWait;
        for (var pause = ShortestPause; ; pause = Longer(pause))
        {
            try
            {
                return await call();
            }
            catch (RpcException problem) when ((problem.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted
                || notYet.Contains(problem.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason)) && time.GetUtcNow() < end)
            {
                fleet?.CheckRunning();
            }
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<string> TokenAsync(string body, string role, CancellationToken cancellation) =>
        tokens.TryGetValue((body, role), out var token) ? token : tokens[(body, role)] = await issuer(body, role, cancellation);

    private CallOptions Options(string body, string? token, CancellationToken cancellation)
    {
        var headers = new Metadata();
        if (body.Length > 0)
            headers.Add("ff-body", body);
        if (token is not null)
            headers.Add("authorization", "Bearer " + token);
        return new CallOptions(headers, time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellation);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
