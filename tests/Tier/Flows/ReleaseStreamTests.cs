using FundingFlows.Contracts.Transfers.V1;
using Google.Rpc;
using static FundingFlows.Support.TestTopology;
using StatusCode = Grpc.Core.StatusCode;

namespace FundingFlows.Tiers.Tests;

/// <summary>Many releases in one call: each is decided as it would be alone, and answered in its turn.</summary>
public sealed class ReleaseStreamTests(Town town) : IClassFixture<Town>
{
    private const int Most = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Releases_OfManyMessages_AreRecordedAndAnsweredInOrder()
    {
        await town.QuietAsync();
        var sent = Enumerable.Range(1, 6).Select(size => Message([.. Enumerable.Range(1, size * 50).Select(_ => Release(1))])).ToList();

        var replies = await SendAsync(sent);

        Assert.Equal(sent.Select(message => message.Releases.Count), replies.Select(reply => reply.Replies.Count));
        var recorded = replies.SelectMany(reply => reply.Replies).Select(reply => reply.Recorded).ToList();
        // Between messages the body may record that what it sent before has arrived.
        var places = recorded.Select(one => one.Reference.Index).ToList();
        Assert.Equal(places.Distinct().Order(), places);
        foreach (var (one, asked) in recorded.Zip(sent.SelectMany(message => message.Releases)).Where((_, i) => i % 100 == 0))
            Assert.Equal(Guid.Parse(asked.CommandId), new Guid((await town.EntryAsync(one.Entry)).CommandId.Span, bigEndian: true));
    }

    [Fact]
    public async Task Release_ThatIsRefusedAmongOthers_StopsNoneOfThem()
    {
        var before = (await town.QuietAsync())[Central];
        var missing = Release(1);
        missing.Body = "";
        var malformed = Release(0);
        malformed.CommandId = "not an id";
        var elsewhere = Release(1);
        elsewhere.Body = Hartlepool;

        var replies = (await SendAsync([Message(Release(1), Release(1_000_000_00), missing, Release(2), malformed, elsewhere, Release(3))])).Single().Replies;

        Assert.Equal(
            [null, "RELEASE_FUNDS_PROMISE_EXCEEDED", "NOT_HERE", null, "MALFORMED", "NOT_HERE", null],
            replies.Select(reply => reply.Refused?.GetDetail<ErrorInfo>()?.Reason));
        Assert.Equal(["command_id", "amount_pence"], replies[4].Refused.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
        Assert.Equal([0L, 1L, 2L], replies.Where(reply => reply.Recorded is not null).Select(reply => (long)reply.Recorded.Reference.Index - before));
    }

    [Fact]
    public async Task Release_ThatIsRefused_HasTheStatusThatItHasAlone()
    {
        var tooMuch = Release(1_000_000_00);
        var alone = await Assert.ThrowsAsync<RpcException>(async () => await Client.ReleaseFundsAsync(tooMuch, Headers));
        Assert.Equal(alone.GetRpcStatus(), (await SendAsync([Message(tooMuch)])).Single().Replies.Single().Refused);
    }

    [Fact]
    public async Task Release_SentAgain_IsRecordedOnceHoweverItIsSent()
    {
        var (twice, alone) = (Release(5), Release(7));
        var first = (await Client.ReleaseFundsAsync(alone, Headers)).Recorded;
        var other = twice.Clone();
        other.AmountPence++;

        var replies = await SendAsync([Message(twice, twice, alone, other), Message(twice)]);
        var answers = replies.SelectMany(reply => reply.Replies).ToList();
        var again = (await Client.ReleaseFundsAsync(twice, Headers)).Recorded;

        Assert.Equal([again, again, first, null, again], answers.Select(answer => answer.Recorded));
        Assert.Equal("COMMAND_ID_REUSED", answers[3].Refused.GetDetail<ErrorInfo>()!.Reason);
    }

    [Theory]
    [InlineData(null, StatusCode.Unauthenticated, "UNAUTHENTICATED")]
    [InlineData(Role.Preparer, StatusCode.PermissionDenied, "ROLE_NEEDED")]
    public async Task Release_WithoutTheRole_IsRefused(Role? role, StatusCode code, string reason)
    {
        var before = await town.QuietAsync();
        var refused = (await SendAsync([Message(Release(1))], role is { } held ? town.As(Central, held) : [])).Single().Replies.Single().Refused;
        Assert.Equal(((int)code, reason), (refused.Code, refused.GetDetail<ErrorInfo>()!.Reason));
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task Release_ForAnotherBodyThanTheCallWasRoutedBy_IsRefused()
    {
        var headers = Headers;
        headers.Add("ff-body", Durham);
        Assert.Equal("MALFORMED", (await SendAsync([Message(Release(1))], headers)).Single().Replies.Single().Refused.GetDetail<ErrorInfo>()!.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Most + 1)]
    public async Task Message_OfNoneOrTooMany_EndsTheStreamAfterWhatCameBefore(int count)
    {
        var before = (await town.QuietAsync())[Central];
        using var call = Client.ReleaseFundsStream(Headers, Deadline);
        await call.RequestStream.WriteAsync(Message(Release(1)));
        await call.RequestStream.WriteAsync(Message([.. Enumerable.Range(0, count).Select(_ => Release(1))]));

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.NotNull(call.ResponseStream.Current.Replies.Single().Recorded);
        var failure = await Failure.OfAsync(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED"), (failure.Code, failure.Reason));
        Assert.True((await town.QuietAsync())[Central] > before);
    }

    [Fact]
    public async Task Stream_ThatIsCancelled_LosesNothingThatWasDecided()
    {
        using var call = Client.ReleaseFundsStream(Headers, Deadline);
        var (first, second) = (Release(1), Release(2));
        await call.RequestStream.WriteAsync(Message(first));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var recorded = call.ResponseStream.Current.Replies.Single().Recorded;
        call.Dispose();

        var replies = (await SendAsync([Message(first, second)])).Single().Replies;
        Assert.Equal(recorded, replies[0].Recorded);
        Assert.NotNull(replies[1].Recorded);
    }

    [Fact]
    public async Task Stream_WhoseRepliesNobodyReads_IsReadNoFurtherAndGoesOnLater()
    {
        using var call = Client.ReleaseFundsStream(Headers, Deadline);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
                await call.RequestStream.WriteAsync(Message([.. Enumerable.Repeat(Release(1), Most)]));
            await call.RequestStream.CompleteAsync();
        });

        var replies = new List<ReleaseFundsStreamResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            replies.Add(call.ResponseStream.Current);
        await writing.WaitAsync(Patience);

        Assert.Equal(40, replies.Count);
        Assert.All(replies, reply => Assert.Equal(Most, reply.Replies.Count));
        Assert.Equal(40, replies.SelectMany(reply => reply.Replies).Select(reply => reply.Recorded.Entry).Distinct().Count());
    }

    [Fact]
    public async Task Stream_OfAnInstanceThatStops_EndsAsUnavailable()
    {
        await using var federation = await TestFederation.StartAsync(options => (options.Register, options.WithAudit) = (false, false));
        using var call = new TransferService.TransferServiceClient(federation.ToBody(Central)).ReleaseFundsStream(federation.Officers.At(Central), Deadline);
        await call.RequestStream.WriteAsync(Message(Release(1)));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await federation.StopAsync(CentralInstance).WaitAsync(Patience);

        var failure = await Failure.OfAsync(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, failure.Code);
    }

    [Fact]
    public async Task Stream_WhoseTokenExpires_IsEnded()
    {
        var headers = Officers.With(town.Federation.Issuer.Sign(
            TestIssuer.Name, "fundingflows", TimeSpan.FromMinutes(-1), TimeSpan.FromSeconds(-10), "someone", [Roles.Written(Central, Role.Approver)]));
        // Within the skew of clocks that a new call is allowed, and past its end for one that lasts.
        var failure = await Failure.OfAsync(() => SendAsync([Message(Release(1))], headers));
        Assert.Equal((StatusCode.Unauthenticated, "The bearer token has expired. Go on in another call, with a new one."), (failure.Code, failure.Sentence));
    }

    private static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime + Patience;

    private TransferService.TransferServiceClient Client => new(town.Federation.ToBody(Central));

    private Metadata Headers => town.As(Central, Role.Approver);

    private ReleaseFundsRequest Release(long pence) => new()
    {
        Body = Central,
        CommandId = Officers.NewId(),
        Award = town.CentralAward,
        FinancialYear = Officers.Year,
        Kind = Kind.Either,
        Earmarks = { "neighbourhood-led" },
        AmountPence = pence,
    };

    private static ReleaseFundsStreamRequest Message(params IEnumerable<ReleaseFundsRequest> releases) => new() { Releases = { releases } };

    private async Task<List<ReleaseFundsStreamResponse>> SendAsync(IReadOnlyList<ReleaseFundsStreamRequest> messages, Metadata? headers = null)
    {
        using var call = Client.ReleaseFundsStream(headers ?? Headers, Deadline);
        foreach (var message in messages)
            await call.RequestStream.WriteAsync(message);
        await call.RequestStream.CompleteAsync();
        var replies = new List<ReleaseFundsStreamResponse>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            replies.Add(call.ResponseStream.Current);
        return replies;
    }
}
