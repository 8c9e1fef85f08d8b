
class Call {

  public static void main(String[] arguments) throws Exception {
    var headers = new java.util.HashMap<String, String>();
    for (int index = 2; index < arguments.length; index++) {
      String[] header = arguments[index].split("=", 2);
      headers.put(header[0], header[1]);
    }
    byte[] body = java.nio.file.Files.readAllBytes(java.nio.file.Path.of(arguments[1]));
    System.out.println(WebhookSignature.isValid(arguments[0], headers, body));
  }
}
