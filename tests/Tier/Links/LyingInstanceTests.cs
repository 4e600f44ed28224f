using FundingFlows.Contracts.Links.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>An instance that tells the auditor whatever it likes of what it turned away, and without end.</summary>
public sealed class LyingInstanceTests
{
    private const string Marker = "words-that-nobody-may-have-shown";

    [Fact]
    public async Task Auditor_ToldWhateverAnInstanceLikes_ShowsWhatHasTheFormAndNoMoreThanThat()
    {
        await using var federation = await TestFederation.StartAsync(options =>
        {
            options.Register = false;
            options.Configure = (instance, services) =>
            {
                if (instance == CouncilB)
                    services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<Liar>());
            };
        });

        var answer = await Wait.UntilAsync(
            async () => await federation.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest { PageSize = 1_000 }),
            shown => shown.NotReached.Count == 0, "every instance being reached");

        var shown = Assert.Single(answer.Events, one => one.Instance == CouncilB);
        Assert.Equal((Liar.Honest.Reason, Liar.Honest.Count), (shown.Reason, shown.Count));
        Assert.DoesNotContain(Marker, answer.ToString(), StringComparison.Ordinal);
        Assert.Contains(federation.Log.Lines, line => line is { Level: LogLevel.Warning, Event.Id: 4010 } && line.Line.Contains($"Of what {CouncilB} tells", StringComparison.Ordinal));
        Assert.DoesNotContain(federation.Log.Lines, line => line.Line.Contains(Marker, StringComparison.Ordinal));
    }

    /// <summary>One that is as it should be among many that are not, and always one page more.</summary>
    internal sealed class Liar : Interceptor
    {
        public static SecurityEvent Honest => new()
        {
            Kind = SecurityEventKind.DeliveryRefused,
            Reason = "PEER_SIGNATURE_WRONG",
            ClaimedSender = Durham,
            Receiver = Hartlepool,
            Count = 3,
            FirstAt = new Timestamp { Seconds = 1_775_000_000 },
            LastAt = new Timestamp { Seconds = 1_775_000_000 },
        };

        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            if (request is not ListSecurityEventsRequest)
                return await continuation(request, context);
            var page = new ListSecurityEventsResponse { NextPageToken = "more", Events = { Honest } };
            for (var i = 0; i < 500; i++)
                page.Events.Add(new SecurityEvent(Honest) { Reason = $"{Marker} {i}", ClaimedSender = i % 2 == 0 ? Marker : "" });
            return (TResponse)(object)page;
        }
    }
}
