
secret, body, *names = ARGV
puts valid?(secret, names.to_h { |name| name.split("=", 2) }, File.binread(body))
