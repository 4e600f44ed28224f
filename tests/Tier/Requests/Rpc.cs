using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Payments.V1;
using FundingFlows.Contracts.Peer.V1;
using FundingFlows.Contracts.Programmes.V1;
using FundingFlows.Contracts.Projects.V1;
using FundingFlows.Contracts.Registry.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Reservations.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Tiers.Tests;

/// <summary>One rpc that bodies serve, to be called with any message: what holds for all of them is tested over all of them.</summary>
public sealed record Rpc(MethodDescriptor Method)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>All that take one message. (Those that take many have tests of their own.)</summary>
    public static IReadOnlyList<Rpc> All { get; } =
    [
        .. new[]
        {
            AgreementService.Descriptor, AllocationService.Descriptor, AwardService.Descriptor, ClawbackService.Descriptor, CustodyService.Descriptor, DocumentService.Descriptor, InterestService.Descriptor, JournalService.Descriptor, LedgerService.Descriptor,
            InstructionService.Descriptor, LinkService.Descriptor, StandingInstructionService.Descriptor, MergingService.Descriptor,
            PaymentService.Descriptor, PeerService.Descriptor, ProgrammeService.Descriptor, ProjectService.Descriptor, RegistrationService.Descriptor,
            ReportService.Descriptor, ReservationService.Descriptor, TransferService.Descriptor, YearService.Descriptor,
        }.SelectMany(service => service.Methods).Where(method => !method.IsClientStreaming).Select(method => new Rpc(method)),
    ];

    /// <summary>Those that change something, and so need a role.</summary>
    public static IEnumerable<Rpc> Commands => All.Where(rpc => rpc.Method.InputType.FindFieldByName("command_id") is not null || rpc.Name == "EraseDocument");

    /// <summary>Those that anyone may ask.</summary>
    public static IEnumerable<Rpc> Reads => All.Except(Commands).Where(rpc => rpc.Method.Service.FullName != PeerService.Descriptor.FullName);

    public string Name => Method.Name;

    public static Rpc Named(string name) => All.Single(rpc => rpc.Name == name);

    /// <summary>A request that names the body and holds nothing else.</summary>
    public IMessage Empty(string body)
    {
        var request = New(Method.InputType);
        Method.InputType.FindFieldByName("body")?.Accessor.SetValue(request, body);
        return request;
    }

    /// <summary>Calls it and answers with its (first) response.</summary>
    public async Task<IMessage> CallAsync(ChannelBase channel, IMessage request, Metadata? headers = null) =>
        Read(Method.OutputType, await CallAsync(channel, request.ToByteArray(), headers));

    /// <summary>The same in bytes, which need not be a message.</summary>
    public async Task<byte[]> CallAsync(ChannelBase channel, byte[] request, Metadata? headers = null)
    {
        var bytes = Marshallers.Create<byte[]>(sent => sent, received => received);
        var type = Method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var method = new Method<byte[], byte[]>(type, Method.Service.FullName, Method.Name, bytes, bytes);
        var options = new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime + Patience);
        if (!Method.IsServerStreaming)
            return await channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, request);
        using var call = channel.CreateCallInvoker().AsyncServerStreamingCall(method, null, options, request);
        return await call.ResponseStream.MoveNext(CancellationToken.None) ? call.ResponseStream.Current : [];
    }

    public static IMessage New(MessageDescriptor type) => Read(type, []);

    public override string ToString() => Name;

    private static IMessage Read(MessageDescriptor type, byte[] bytes) => type.Parser.ParseFrom(bytes);
}
