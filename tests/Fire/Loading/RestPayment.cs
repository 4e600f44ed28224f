using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using FundingFlows.Contracts.Payments.V1;
using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>Pays by REST, through the gateway's other port; what it answers is told as gRPC would.</summary>
internal static class RestPayment
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static async Task<IMessage> SendAsync(HttpClient rest, MakePaymentRequest request, CallOptions options, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(options.Deadline!.Value - time.GetUtcNow().UtcDateTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, timeout.Token);
        try
        {
            var content = request.Clone();
            content.Body = "";
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/bodies/{request.Body}/payments", UriKind.Relative))
            {
                Content = new StringContent(JsonFormatter.Default.Format(content), Encoding.UTF8, MediaTypeNames.Application.Json),
            };
            message.Headers.Authorization = AuthenticationHeaderValue.Parse(options.Headers!.GetValue("authorization")!);
            using var answer = await rest.SendAsync(message, both.Token);
            var text = await answer.Content.ReadAsStringAsync(both.Token);
            return answer.IsSuccessStatusCode ? Parser.Parse<MakePaymentResponse>(text) : throw Failure(answer.StatusCode, text);
        }
        catch (HttpRequestException problem)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, problem.Message, problem));
        }
        catch (OperationCanceledException problem) when (!options.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "There was no answer in time.", problem));
        }
    }

    /// <summary>A service answers with a google.rpc.Status, the gateway itself with problem details.</summary>
    private static RpcException Failure(HttpStatusCode http, string text)
    {
        using var json = text.StartsWith('{') ? JsonDocument.Parse(text) : null;
        var code = json?.RootElement.TryGetProperty("code", out var said) == true ? (StatusCode)said.GetInt32() : http switch
        {
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway => StatusCode.Unavailable,
            HttpStatusCode.GatewayTimeout => StatusCode.DeadlineExceeded,
            HttpStatusCode.TooManyRequests => StatusCode.ResourceExhausted,
            HttpStatusCode.NotFound => StatusCode.NotFound,
            _ => StatusCode.Internal,
        };
        return new RpcException(new Status(code, $"HTTP {(int)http} {text}"));
    }
}
